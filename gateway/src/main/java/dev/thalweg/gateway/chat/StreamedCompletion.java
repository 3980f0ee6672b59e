package dev.thalweg.gateway.chat;

import dev.thalweg.core.dialect.openai.ResponseReader;
import dev.thalweg.core.dialect.openai.ResponseWriter;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.RawJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;

/** For an upstream that answers a streaming request with a whole completion: the same answer as the stream asked for. */
final class StreamedCompletion {
    private StreamedCompletion() {}

    /** The completion in these bytes as events, the marker at the end included. */
    static ByteBuf events(byte[] array, int offset, int length, String alias, boolean showUsage) {
        EventCollector collector = new EventCollector();
        new ResponseReader().read(array, offset, length, collector);
        Assembler assembler = new Assembler();
        assembler.add(collector.takeChunk(new RawJson("{}")));
        ChatResponse response = assembler.complete();
        ResponseWriter writer =
                new ResponseWriter(response.id(), alias, Instant.now().getEpochSecond());
        ByteBuf events = Unpooled.buffer(length + 512);
        for (ChatChoice choice : response.choices()) {
            choice(events, writer, choice);
        }
        if (showUsage) {
            response.usage().ifPresent(usage -> events.writeBytes(writer.usage(usage)));
        }
        return events.writeBytes(ResponseWriter.done());
    }

    private static void choice(ByteBuf events, ResponseWriter writer, ChatChoice choice) {
        int index = choice.index();
        events.writeBytes(writer.role(index));
        if (!choice.reasoning().isEmpty()) {
            events.writeBytes(writer.reasoning(index, choice.reasoning()));
        }
        if (!choice.content().isEmpty()) {
            events.writeBytes(writer.text(index, choice.content()));
        }
        if (!choice.refusal().isEmpty()) {
            events.writeBytes(writer.refusal(index, choice.refusal()));
        }
        for (int i = 0; i < choice.toolCalls().size(); i++) {
            events.writeBytes(writer.toolCall(index, i, choice.toolCalls().get(i)));
        }
        choice.finishReason().ifPresent(reason -> events.writeBytes(writer.finish(index, reason.raw())));
    }
}
