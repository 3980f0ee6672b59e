package dev.thalweg.core.fuzz;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.BothSinks;
import dev.thalweg.core.dialect.Dialect.CallerError;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.dialect.ModelPlace;
import dev.thalweg.core.dialect.openai.CompletionRelay;
import dev.thalweg.core.dialect.openai.CompletionWriter;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.stream.StreamObserver;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.core.wire.JsonSyntaxException;
import dev.thalweg.core.wire.Splices;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.LoopLimits;
import dev.thalweg.model.RawJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a whole answer of one protocol and writes it in all, in one piece and as a stream. */
record AnswerCheck(Protocol upstream) implements Subject.Check {
    private static final ChatRequest REQUEST = ChatRequest.of("m", "Hi");

    @Override
    public boolean takes(byte[] input, Draws draws) {
        EventCollector collector = new EventCollector();
        StreamObserver observer = new StreamObserver(LoopLimits.defaults());
        ErrorBody error;
        try {
            error = read(input, new BothSinks(collector, observer));
        } catch (JsonSyntaxException e) {
            return false;
        }
        Assembler assembler = new Assembler();
        assembler.add(collector.takeChunk(new RawJson("{}")));
        ChatResponse response = assembler.complete();
        AnswerHead head =
                new AnswerHead("req1", upstream.dialect.name(), "alias", 17, draws.random.nextBoolean(), List.of());
        for (Protocol caller : Protocol.values()) {
            if (error == null) {
                write(input, response, caller, head);
            } else {
                CallerError told =
                        new CallerError(502, error.message(), "api_error", error.code(), error.param(), "r", List.of());
                Output.document(caller.dialect.writeError(told));
                Framing framing = caller.dialect.framing();
                Output.frames(caller.dialect.writeErrorEvent(told, 3, "id", framing), framing);
            }
        }
        renamed(input);
        return true;
    }

    private void write(byte[] input, ChatResponse response, Protocol caller, AnswerHead head) {
        byte[] whole = caller.dialect.writeAnswer(response, head, REQUEST);
        Output.document(whole);
        Output.inProportion(whole.length, input.length);
        EventWriter writer = caller.dialect.eventWriter(head, REQUEST);
        read(input, writer);
        writer.complete();
        byte[] events = writer.written().toBytes();
        Output.frames(events, caller.dialect.framing());
        Output.inProportion(events.length, input.length);
        if (caller == Protocol.OPENAI) {
            Output.frames(CompletionWriter.events(response, "alias", head.showUsage()), Framing.SSE);
        }
    }

    /** As it is passed on to a caller of the same protocol. */
    private void renamed(byte[] input) {
        Splices changes = new Splices();
        ModelPlace place = new ModelPlace();
        if (upstream == Protocol.OPENAI) {
            CompletionRelay relay = new CompletionRelay();
            relay.read(input, 0, input.length, new FrameSink() {});
            changes = relay.rename("alias");
        } else if (place.find(input, 0, input.length)) {
            changes.replace(place.start(), place.end(), Bytes.utf8("\"alias\""));
        }
        Output.document(changes.apply(input, 0, input.length));
    }

    private @Nullable ErrorBody read(byte[] input, FrameSink sink) {
        return upstream.dialect.readAnswer(input, 0, input.length, sink);
    }
}
