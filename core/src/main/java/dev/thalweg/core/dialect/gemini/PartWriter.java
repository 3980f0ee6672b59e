package dev.thalweg.core.dialect.gemini;

import dev.thalweg.core.dialect.Origin;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.model.Part;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the parts of a content. Signatures go back onto the part they stood on ({@link Signature}). One writer serves one
 * request: results name the function of their call.
 */
final class PartWriter {
    private final ByteBuilder json;
    private final ModelTraits model;
    private final Warnings warnings;

    /** The function of each call so far. */
    private final Map<String, String> functions = new HashMap<>();

    private final Map<String, String> onCalls = new HashMap<>(0);
    private final Map<Integer, String> onImages = new HashMap<>(0);
    private int images;
    private boolean signedCall;
    private String before = "";
    private boolean any;

    PartWriter(ByteBuilder json, ModelTraits model, Warnings warnings) {
        this.json = json;
        this.model = model;
        this.warnings = warnings;
    }

    /** Begins a content, which starts with this once it has a part. */
    void begin(String start) {
        before = start;
        any = false;
    }

    /** Whether it has one. */
    boolean any() {
        return any;
    }

    /** What the model said, thought and called. */
    void answer(List<Part> parts) {
        SignedText texts = new SignedText(signatures(parts), this::part);
        int lastText = -1;
        for (int i = 0; i < parts.size(); i++) {
            lastText = parts.get(i) instanceof Part.Text ? i : lastText;
        }
        if (lastText < 0) {
            texts.end();
        }
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Part.Text text) {
                extra(text);
                texts.write(text.text());
            } else {
                write(parts.get(i));
            }
            if (i == lastText) {
                texts.end();
            }
        }
        onImages.clear();
    }

    /** What stands for signatures of parts is looked up before these are written; those of texts. */
    private List<Signature> signatures(List<Part> parts) {
        onCalls.clear();
        onImages.clear();
        images = 0;
        List<Signature> onText = new ArrayList<>(0);
        for (Part part : parts) {
            if (part instanceof Part.Reasoning reasoning && Origin.fits(reasoning.block(), GeminiDialect.NAME)) {
                Signature signature =
                        reasoning.block().redacted().map(Signature::read).orElse(null);
                if (signature != null && signature.callId() != null) {
                    onCalls.put(signature.callId(), signature.value());
                } else if (signature != null && signature.onText()) {
                    onText.add(signature);
                } else if (signature != null) {
                    onImages.put(signature.image(), signature.value());
                }
            }
        }
        signedCall = parts.stream().anyMatch(part -> part instanceof Part.Call call && signature(call.call()) != null);
        return onText;
    }

    private @Nullable String signature(ToolCall call) {
        String told = onCalls.get(call.id());
        return told != null ? told : Signature.in(call);
    }

    /** A part; nothing where it has no place here. */
    void write(Part part) {
        extra(part);
        switch (part) {
            case Part.Text text -> text(text.text());
            case Part.Refusal refusal -> text(refusal.text());
            case Part.Image image -> {
                media(image.source(), "image/jpeg", onImages.get(images++));
                String detail = image.detail();
                if (detail != null && !detail.equals("auto")) {
                    warnings.dropped("image_url.detail", GeminiDialect.NAME);
                }
            }
            case Part.Sound sound -> media(sound.source(), "audio/" + sound.format(), null);
            case Part.File file -> media(file.source(), "application/pdf", null);
            case Part.Reasoning reasoning -> thought(reasoning.block());
            case Part.Call call -> call(call.call());
            case Part.ToolResult result -> result(result);
            case Part.Native own
            when own.dialect().equals(GeminiDialect.NAME) -> raw(own.json().text());
            case Part.Native other -> leftOut("a part that only " + other.dialect() + " has");
            default -> leftOut("a part of a kind that is not known");
        }
    }

    /** That something is to be cached changes no answer. */
    private void extra(Part part) {
        part.extra().keySet().stream()
                .filter(name -> !name.equals("cache_control"))
                .forEach(name -> warnings.dropped("content[]." + name, GeminiDialect.NAME));
    }

    /** A part in this protocol's own spelling. */
    void raw(String part) {
        PartJson.line(part(), part);
    }

    private void text(String text) {
        if (!text.isEmpty()) {
            PartJson.text(part(), text, null);
        }
    }

    /** Thoughts go back to who thought them: nobody else can check a signature. */
    private void thought(ReasoningBlock block) {
        String redacted = block.redacted().orElse(null);
        if (!Origin.fits(block, GeminiDialect.NAME)
                || (redacted == null && block.signature().isEmpty())) {
            warnings.add("earlier reasoning was left out: it has no signature of gemini's");
        } else if (redacted == null) {
            PartJson.thought(part(), block.text(), block.signature().orElse(null));
        } else if (Signature.read(redacted) == null) {
            PartJson.thought(part(), "", redacted);
        }
    }

    private void call(ToolCall call) {
        String arguments = PartJson.arguments(call);
        if (arguments == null) {
            warnings.add("the arguments of a call of '" + call.name() + "' are not a JSON object, and were left out");
        }
        functions.put(call.id(), call.name());
        String signature = signature(call);
        if (signature == null && model.wantsSignatures() && !signedCall) {
            signature = Signature.NONE;
        }
        signedCall |= signature != null;
        call.extra().keySet().stream()
                .filter(name -> !name.equals(Signature.EXTENSION))
                .forEach(name -> warnings.dropped("tool_calls[]." + name, GeminiDialect.NAME));
        PartJson.call(part(), id(call.id()), call.name(), arguments == null ? "{}" : arguments, signature);
    }

    /** The result of a call: an object, or a text in one. */
    void result(Part.ToolResult result) {
        json.ascii(before).ascii("{\"functionResponse\":{");
        before = ",";
        any = true;
        String id = id(result.callId());
        if (id != null) {
            json.ascii("\"id\":").string(id).ascii(",");
        }
        json.ascii("\"name\":").string(functions.getOrDefault(result.callId(), result.callId()));
        String said = result.text();
        if (!result.error() && PartJson.isObject(said)) {
            PartJson.line(json.ascii(",\"response\":"), said).ascii("}}");
        } else {
            json.ascii(result.error() ? ",\"response\":{\"error\":" : ",\"response\":{\"output\":")
                    .string(said)
                    .ascii("}}}");
        }
    }

    /** What a tool gave back beside text follows the results. */
    void attachments(Part.ToolResult result) {
        for (Part part : result.content()) {
            if (!(part instanceof Part.Text)) {
                write(part);
            }
        }
    }

    private static @Nullable String id(String id) {
        return id.isEmpty() || CallIds.isMade(id) ? null : id;
    }

    private void media(Part.Source source, String otherwise, @Nullable String signature) {
        String fileId = source.fileId();
        if (source.isData()) {
            PartJson.inline(part(), source, signature);
        } else if (fileId == null) {
            String url = Objects.requireNonNullElse(source.url(), "");
            file(url, MediaTypes.of(url, otherwise));
        } else if (fileId.contains("/")) {
            file(fileId, MediaTypes.of(fileId, ""));
        } else {
            leftOut("a file of another provider");
        }
    }

    private void file(String uri, String type) {
        part().ascii("{\"fileData\":{");
        if (!type.isEmpty()) {
            json.ascii("\"mimeType\":").string(type).ascii(",");
        }
        json.ascii("\"fileUri\":").string(uri).ascii("}}");
    }

    private void leftOut(String what) {
        warnings.add(what + " was left out of a message: " + GeminiDialect.NAME + " has no place for it");
    }

    private ByteBuilder part() {
        json.ascii(before);
        before = ",";
        any = true;
        return json;
    }
}
