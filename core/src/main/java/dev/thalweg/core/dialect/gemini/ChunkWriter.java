package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.StreamEvent.ExtraField;
import dev.thalweg.model.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the chunks of one answer for a caller. A call is one object here, so it is written when it is whole. The finish reason
 * comes last, together with the token counts. Not thread-safe.
 */
final class ChunkWriter implements EventWriter {
    private static final byte[] NOTHING = {};

    private final AnswerHead head;
    private final boolean own;
    private final ByteBuilder out = new ByteBuilder(512);
    private final Warnings notes = new Warnings();
    private final TreeMap<Integer, OpenCandidate> candidates = new TreeMap<>();
    private final Map<String, String> extra = new LinkedHashMap<>(0);
    private @Nullable OpenCandidate latest;
    private @Nullable Usage usage;
    private String id = "";
    private boolean begun;

    ChunkWriter(AnswerHead head) {
        this.head = head;
        this.own = head.upstream().equals(GeminiDialect.NAME);
        head.warnings().forEach(notes::add);
    }

    /** How its events are framed. */
    Framing framing() {
        return head.framing();
    }

    /** Whether any were written. */
    boolean begun() {
        return begun;
    }

    @Override
    public ByteBuilder written() {
        return out;
    }

    /** None: Google's clients take nothing between events that is none. */
    @Override
    public byte[] keepAlive() {
        return NOTHING;
    }

    @Override
    public void id(JsonText text) {
        if (id.isEmpty()) {
            id = text.decode();
        }
    }

    @Override
    public void role(int choice, JsonText role) {
        OpenCandidate unused = candidate(choice);
    }

    @Override
    public void text(int choice, JsonText text) {
        if (!text.isEmpty()) {
            begin();
            ByteBuilder unused = PartJson.text(out, text);
            end(candidate(choice));
        }
    }

    @Override
    public void refusal(int choice, JsonText text) {
        candidate(choice).refused = true;
        text(choice, text);
    }

    @Override
    public void reasoning(int choice, JsonText text) {
        if (!text.isEmpty()) {
            begin();
            PartJson.thought(out, text);
            end(candidate(choice));
        }
    }

    @Override
    public void signature(int choice, JsonText signature) {
        String value = signature.decode();
        begin();
        PartJson.thought(out, "", own ? value : Foreign.signature(head.upstream(), value));
        end(candidate(choice));
    }

    @Override
    public void redacted(int choice, JsonText data) {
        String value = data.decode();
        Signature signature = own ? Signature.read(value) : null;
        if (signature == null) {
            begin();
            PartJson.thought(out, "", own ? value : Foreign.redacted(head.upstream(), value));
            end(candidate(choice));
        } else if (signature.image() >= 0) {
            candidate(choice).imageSignature = signature.value();
        } else if (signature.onText()) {
            begin();
            PartJson.text(out, "", signature.value());
            end(candidate(choice));
        }
    }

    @Override
    public void toolCall(int choice, ToolCallPiece piece) {
        candidate(choice).calls.take(piece);
    }

    @Override
    public void annotation(int choice, JsonValue annotation) {
        candidate(choice).annotation(new RawJson(annotation.decode()));
    }

    @Override
    public void logprobs(int choice, JsonValue logprobs) {
        candidate(choice).logprobs.add(logprobs.decode());
    }

    @Override
    public void image(int choice, JsonValue image) {
        ByteBuilder part = new ByteBuilder(256);
        String signature = candidate(choice).imageSignature;
        candidate(choice).imageSignature = null;
        if (PartJson.image(part, new RawJson(image.decode()), signature)) {
            begin();
            out.append(part.array(), 0, part.length());
            end(candidate(choice));
        } else {
            notes.add("an image in the answer was left out: its bytes are not in the answer");
        }
    }

    @Override
    public void audio(int choice, JsonValue piece) {
        notes.add("the sound of the answer was left out: gemini has no place for it");
    }

    @Override
    public void extra(ExtraField.Owner owner, int choice, JsonText name, JsonValue value) {
        if (owner == ExtraField.Owner.TOOL_CALL) {
            OpenCalls.Call call = candidate(choice).calls.last();
            if (call != null && name.is(Signature.EXTENSION)) {
                call.signature = Signature.in(value.decode());
            }
        } else if (own) {
            ownField(owner, choice, name.decode(), value.decode());
        }
    }

    private void ownField(ExtraField.Owner owner, int choice, String name, String value) {
        switch (owner) {
            case ANSWER -> extra.put(name, value);
            case CHOICE -> candidate(choice).extra.put(name, value);
            default -> {
                if (name.equals(GeminiDialect.PARTS) && value.length() > 2) {
                    begin();
                    PartJson.line(out, value.substring(1, value.length() - 1));
                    end(candidate(choice));
                }
            }
        }
    }

    @Override
    public void partEnds(int choice) {
        OpenCandidate candidate = candidate(choice);
        OpenCalls.Call call = candidate.calls.last();
        if (call != null) {
            write(candidate, call);
        }
    }

    @Override
    public void finish(int choice, JsonText reason) {
        OpenCandidate candidate = candidate(choice);
        candidate.reason = reason.decode();
        candidate.calls.all().forEach(call -> write(candidate, call));
    }

    @Override
    public void usage(Usage reported) {
        usage = reported;
    }

    @Override
    public void complete() {
        if (candidates.isEmpty()) {
            OpenCandidate unused = candidate(0);
        }
        for (OpenCandidate candidate : candidates.values()) {
            candidate.calls.all().forEach(call -> write(candidate, call));
            begin();
            PartJson.text(out, "", null);
            last(candidate, candidate == candidates.lastEntry().getValue());
        }
        if (head.framing() == Framing.JSON_ARRAY) {
            out.ascii("]");
        }
    }

    private OpenCandidate candidate(int index) {
        OpenCandidate known = latest;
        if (known == null || known.index != index) {
            known = candidates.computeIfAbsent(index, OpenCandidate::new);
            latest = known;
        }
        return known;
    }

    private void write(OpenCandidate candidate, OpenCalls.Call call) {
        if (call.written) {
            return;
        }
        call.written = true;
        String arguments = PartJson.arguments(call.type, call.arguments.toString());
        if (arguments == null || call.name.isEmpty()) {
            notes.add("a tool call was left out: its arguments are not a JSON object, or it has no name");
            return;
        }
        String made = "call_" + head.requestId() + "_" + candidate.index + "_" + call.number;
        begin();
        PartJson.call(out, call.id.isEmpty() ? made : call.id, call.name, arguments, call.signature);
        end(candidate);
    }

    /** Begins a chunk: a part follows. */
    private void begin() {
        if (head.framing() == Framing.JSON_ARRAY) {
            out.ascii(begun ? ",\r\n" : "[");
        } else {
            out.ascii("data: ");
        }
        begun = true;
        out.ascii("{\"candidates\":[{\"content\":{\"parts\":[");
    }

    private void end(OpenCandidate candidate) {
        out.ascii("],\"role\":\"model\"},\"index\":").number(candidate.index).ascii("}]");
        close();
    }

    private void last(OpenCandidate candidate, boolean veryLast) {
        out.ascii("],\"role\":\"model\"},\"index\":").number(candidate.index);
        candidate.end(out);
        out.ascii("}]");
        if (veryLast) {
            extra.forEach(
                    (name, value) -> PartJson.line(out.ascii(",").string(name).ascii(":"), value));
            if (usage != null) {
                UsageWriter.write(out.ascii(",\"usageMetadata\":"), usage, own);
            }
            AnswerWriter.warnings(out, notes.all());
        }
        close();
    }

    private void close() {
        AnswerWriter.head(out, head, id);
        out.ascii(head.framing() == Framing.JSON_ARRAY ? "}" : "}\n\n");
    }
}
