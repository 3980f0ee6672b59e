package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;

/** Writes a whole answer as a completion: the texts of its choices. */
final class TextAnswerWriter {
    private TextAnswerWriter() {}

    static byte[] write(ChatResponse response, AnswerHead head) {
        ByteBuilder json = new ByteBuilder(256 + response.content().length());
        json.ascii("{\"id\":").string(TextChunkWriter.id(response.id(), head));
        json.ascii(",\"object\":\"text_completion\",\"created\":").number(head.created());
        json.ascii(",\"model\":").string(head.model()).ascii(",\"choices\":[");
        String comma = "";
        for (ChatChoice choice : response.choices()) {
            choice(json.ascii(comma), choice);
            comma = ",";
        }
        json.ascii("]");
        response.usage().ifPresent(usage -> json.ascii(",\"usage\":").append(Bytes.utf8(UsageJson.of(usage))));
        ChunkFrame.withWarnings(response.extra(), head.warnings())
                .forEach(
                        (name, value) -> json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value.text())));
        return json.ascii("}").toBytes();
    }

    private static void choice(ByteBuilder json, ChatChoice choice) {
        json.ascii("{\"text\":").string(choice.content() + choice.refusal());
        json.ascii(",\"index\":").number(choice.index()).ascii(",\"logprobs\":null,\"finish_reason\":");
        FinishReason reason = choice.finishReason().orElse(null);
        if (reason == null) {
            json.ascii("null}");
            return;
        }
        String word = FinishWord.of(reason, false, false);
        json.string(word);
        if (!word.equals(reason.raw())) {
            json.ascii(",\"" + FinishWord.NATIVE + "\":").string(reason.raw());
        }
        json.ascii("}");
    }
}
