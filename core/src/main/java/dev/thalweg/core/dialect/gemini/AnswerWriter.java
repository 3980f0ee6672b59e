package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a whole answer: the thoughts of each candidate, parts of this protocol's own, text, images, calls. An answer of the
 * vocabulary does not say in which order they came.
 */
final class AnswerWriter {
    private final AnswerHead head;
    private final boolean own;
    private final Warnings warnings = new Warnings();
    private final ByteBuilder json = new ByteBuilder(512);
    private String comma = "";

    AnswerWriter(AnswerHead head) {
        this.head = head;
        this.own = head.upstream().equals(GeminiDialect.NAME);
        head.warnings().forEach(warnings::add);
    }

    byte[] write(ChatResponse response) {
        response.warnings().forEach(warnings::add);
        json.ascii("{\"candidates\":[");
        String before = "";
        for (ChatChoice choice : response.choices()) {
            candidate(choice, before);
            before = ",";
        }
        json.ascii("]");
        if (own) {
            fields(response.extra());
        }
        response.usage().ifPresent(usage -> UsageWriter.write(json.ascii(",\"usageMetadata\":"), usage, own));
        head(json, head, response.id());
        warnings(json, warnings.all());
        return json.ascii("}").toBytes();
    }

    /** Appends who answered, as further members. */
    static void head(ByteBuilder json, AnswerHead head, String upstreamsId) {
        json.ascii(",\"modelVersion\":").string(head.model());
        json.ascii(",\"responseId\":").string(upstreamsId.isEmpty() ? head.requestId() : upstreamsId);
    }

    /** Appends what was done differently than asked, as a further member of this project's; nothing where there is none. */
    static void warnings(ByteBuilder json, List<String> warnings) {
        String before = ",\"warnings\":[";
        for (String warning : warnings) {
            json.ascii(before).string(warning);
            before = ",";
        }
        json.ascii(warnings.isEmpty() ? "" : "]");
    }

    private void candidate(ChatChoice choice, String before) {
        json.ascii(before).ascii("{\"content\":{\"parts\":[");
        comma = "";
        Map<String, String> signatures = new HashMap<>(0);
        Map<Integer, String> onImages = new HashMap<>(0);
        List<Signature> onText = new ArrayList<>(0);
        for (ReasoningBlock block : choice.reasoningBlocks()) {
            Signature signature = own ? block.redacted().map(Signature::read).orElse(null) : null;
            if (signature == null) {
                thought(block);
            } else if (signature.onText()) {
                onText.add(signature);
            } else if (signature.callId() == null) {
                onImages.put(signature.image(), signature.value());
            } else {
                signatures.put(signature.callId(), signature.value());
            }
        }
        if (choice.reasoningBlocks().isEmpty() && !choice.reasoning().isEmpty()) {
            PartJson.thought(part(), choice.reasoning(), null);
        }
        ownParts(choice);
        String text = choice.content() + choice.refusal();
        boolean nothing = comma.isEmpty()
                && choice.toolCalls().isEmpty()
                && choice.images().isEmpty();
        if (nothing && text.isEmpty() && onText.isEmpty()) {
            PartJson.text(part(), "", null);
        }
        SignedText texts = new SignedText(onText, this::part);
        texts.write(text);
        texts.end();
        for (int i = 0; i < choice.images().size(); i++) {
            image(choice.images().get(i), onImages.get(i));
        }
        if (choice.audio().isPresent()) {
            warnings.add("the sound of the answer was left out: gemini has no place for it");
        }
        int number = 0;
        for (ToolCall call : choice.toolCalls()) {
            call(call, choice.index(), number++, signatures);
        }
        json.ascii("],\"role\":\"model\"},\"index\":").number(choice.index());
        end(choice);
        json.ascii("}");
    }

    private void thought(ReasoningBlock block) {
        String data = block.redacted().orElse(null);
        String signature = block.signature().orElse(null);
        if (data != null) {
            PartJson.thought(part(), "", own ? data : Foreign.redacted(head.upstream(), data));
        } else if (signature != null) {
            PartJson.thought(part(), block.text(), own ? signature : Foreign.signature(head.upstream(), signature));
        } else if (!block.text().isEmpty()) {
            PartJson.thought(part(), block.text(), null);
        }
    }

    private void ownParts(ChatChoice choice) {
        RawJson parts = choice.messageExtra().get(GeminiDialect.PARTS);
        if (own && parts != null && parts.text().length() > 2) {
            PartJson.line(part(), parts.text().substring(1, parts.text().length() - 1));
        }
    }

    private void image(RawJson image, @Nullable String signature) {
        ByteBuilder written = new ByteBuilder(256);
        if (PartJson.image(written, image, signature)) {
            part().append(written.array(), 0, written.length());
        } else {
            warnings.add("an image in the answer was left out: its bytes are not in the answer");
        }
    }

    private void call(ToolCall call, int choice, int number, Map<String, String> signatures) {
        String arguments = PartJson.arguments(call);
        if (arguments == null) {
            warnings.add("a tool call was left out: its arguments are not a JSON object");
            return;
        }
        String id = call.id().isEmpty() ? "call_" + head.requestId() + "_" + choice + "_" + number : call.id();
        String signature = signatures.get(call.id());
        PartJson.call(part(), id, call.name(), arguments, signature == null ? Signature.in(call) : signature);
    }

    private void end(ChatChoice choice) {
        String raw = choice.finishReason().map(FinishReason::raw).orElse("");
        Map<String, String> extra = new LinkedHashMap<>(0);
        if (own) {
            choice.extra().forEach((name, value) -> extra.put(name, value.text()));
        }
        String logprobs =
                choice.logprobs().map(one -> Logprobs.of(List.of(one.text()))).orElse("");
        OpenCandidate.end(json, raw, !choice.refusal().isEmpty(), extra, choice.annotations(), logprobs);
    }

    private void fields(Map<String, RawJson> fields) {
        fields.forEach(
                (name, value) -> PartJson.line(json.ascii(",").string(name).ascii(":"), value.text()));
    }

    private ByteBuilder part() {
        json.ascii(comma);
        comma = ",";
        return json;
    }
}
