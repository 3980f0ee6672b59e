package dev.thalweg.core.dialect.gemini;

import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a caller's contents. Clients keep an answer in the chunks it came in: pieces of text that follow each other are one
 * again, and so are pieces of thought up to their signature. A content that brings results of tools becomes one message of each
 * tool, and one of the user with what is left. Calls without an id get one, and results find theirs by name.
 */
final class ContentReader {
    private final List<Message> messages = new ArrayList<>();

    /** Calls whose result has not come yet: id to name. */
    private final Map<String, String> open = new LinkedHashMap<>();

    /** What the model said so far, in one content or in several. */
    private final List<Part> turn = new ArrayList<>();

    private int calls;

    /** All messages, the system's first. */
    List<Message> read(Fields body) {
        JsonNode system = body.get("systemInstruction");
        if (system != null) {
            system(system);
        }
        List<JsonNode> contents = body.list("contents");
        for (int i = 0; i < contents.size(); i++) {
            content(Fields.of(contents.get(i), "contents[" + i + "]"));
        }
        endTurn();
        return messages;
    }

    private void system(JsonNode instruction) {
        List<Part> parts = instruction.isString()
                ? List.of(new Part.Text(instruction.asString()))
                : parts(Fields.of(instruction, "systemInstruction"), false, new ArrayList<>());
        if (!parts.isEmpty()) {
            messages.add(Message.of("system", parts));
        }
    }

    private void content(Fields content) {
        String role = content.text("role");
        if ("model".equals(role)) {
            List<Part> unused = parts(content, true, turn);
            return;
        }
        endTurn();
        List<Part> rest = new ArrayList<>();
        for (Part part : parts(content, false, new ArrayList<>())) {
            if (part instanceof Part.ToolResult) {
                messages.add(Message.of("tool", List.of(part)));
            } else {
                rest.add(part);
            }
        }
        if (!rest.isEmpty()) {
            messages.add(Message.of("system".equals(role) ? "system" : "user", rest));
        }
    }

    private void endTurn() {
        if (!turn.isEmpty()) {
            messages.add(Message.of("assistant", turn));
            turn.clear();
        }
    }

    private List<Part> parts(Fields content, boolean model, List<Part> parts) {
        List<JsonNode> list = content.list("parts");
        for (int i = 0; i < list.size(); i++) {
            part(Fields.of(list.get(i), content.path("parts") + "[" + i + "]"), list.get(i), model, parts);
        }
        return parts;
    }

    private void part(Fields part, JsonNode node, boolean model, List<Part> into) {
        String signature = part.text("thoughtSignature");
        boolean signed = signature != null && !signature.isEmpty();
        Fields call = part.object("functionCall");
        Fields result = part.object("functionResponse");
        Fields inline = part.object("inlineData");
        Fields file = part.object("fileData");
        if (call != null) {
            call(call, signed ? signature : null, into);
        } else if (result != null) {
            into.add(result(result));
        } else if (inline != null) {
            if (model
                    && signature != null
                    && signed
                    && inline.required("mimeType").startsWith("image/")) {
                long images = into.stream().filter(Part.Image.class::isInstance).count();
                into.add(sealed(Signature.ofImage((int) images, signature)));
            }
            into.add(media(
                    Part.Source.base64(inline.required("mimeType"), inline.required("data")),
                    inline.required("mimeType"),
                    inline.text("displayName")));
        } else if (file != null) {
            String type = file.text("mimeType");
            into.add(media(source(file.required("fileUri")), type == null ? "" : type, file.text("displayName")));
        } else if (part.has("text") && part.flag("thought")) {
            thought(part.required("text"), signed ? signature : null, into);
        } else if (part.has("text") || (signed && isOnlySignature(part))) {
            String text = part.text("text");
            text(text == null ? "" : text, signed ? signature : null, model, into);
        } else {
            into.add(new Part.Native(GeminiDialect.NAME, new RawJson(Nodes.text(node))));
        }
    }

    private static boolean isOnlySignature(Fields part) {
        return part.others(java.util.Set.of("thoughtSignature", "thought")).isEmpty();
    }

    private static void text(String text, @Nullable String signature, boolean model, List<Part> into) {
        Part last = into.isEmpty() ? null : into.get(into.size() - 1);
        if (model && text.isEmpty()) {
            // Nothing but a signature, or the end of a stream.
        } else if (model && last instanceof Part.Text before) {
            into.set(into.size() - 1, new Part.Text(before.text() + text));
        } else {
            into.add(new Part.Text(text));
        }
        if (signature != null) {
            int all = into.stream()
                    .mapToInt(
                            part -> part instanceof Part.Text said ? said.text().length() : 0)
                    .sum();
            into.add(sealed(Signature.ofText(all - text.length(), text.length(), signature)));
        }
    }

    /** Thoughts go on until a signature ends them. */
    private static void thought(String text, @Nullable String signature, List<Part> into) {
        Part last = into.isEmpty() ? null : into.get(into.size() - 1);
        String before = "";
        if (last instanceof Part.Reasoning thought
                && thought.block().signature().isEmpty()
                && thought.block().redacted().isEmpty()) {
            before = thought.block().text();
            into.remove(into.size() - 1);
        }
        String all = before + text;
        if (signature != null) {
            ReasoningBlock block = Foreign.block(all, signature);
            if (block.redacted().isPresent() && !all.isEmpty()) {
                into.add(new Part.Reasoning(ReasoningBlock.of(all, null)));
            }
            into.add(new Part.Reasoning(block));
        } else if (!all.isEmpty()) {
            into.add(new Part.Reasoning(ReasoningBlock.of(all, null)));
        }
    }

    private void call(Fields call, @Nullable String signature, List<Part> into) {
        String name = call.required("name");
        String said = call.text("id");
        String id = said == null || said.isEmpty() ? CallIds.of("call", calls) : said;
        calls++;
        open.put(id, name);
        Fields unused = call.object("args");
        RawJson args = call.raw("args");
        if (signature != null) {
            into.add(sealed(Signature.ofCall(id, signature)));
        }
        into.add(new Part.Call(ToolCall.of(id, name, args == null ? "{}" : args.text())));
    }

    private static Part sealed(String data) {
        return new Part.Reasoning(ReasoningBlock.redacted(data).withDialect(GeminiDialect.NAME));
    }

    private Part result(Fields result) {
        String name = result.required("name");
        String said = result.text("id");
        String id = said == null || said.isEmpty() ? waiting(name) : said;
        open.remove(id);
        List<Part> content = new ArrayList<>();
        boolean failed = false;
        Fields response = result.object("response");
        if (response != null) {
            JsonNode error = response.get("error");
            failed = error != null;
            content.add(new Part.Text(said(response, result)));
        }
        List<JsonNode> parts = result.list("parts");
        for (int i = 0; i < parts.size(); i++) {
            part(Fields.of(parts.get(i), result.path("parts") + "[" + i + "]"), parts.get(i), false, content);
        }
        return new Part.ToolResult(id, content, failed, Map.of());
    }

    /** The one member that Google's clients put a result or a failure into; else all of it. */
    private static String said(Fields response, Fields result) {
        for (String name : List.of("error", "output", "result")) {
            JsonNode value = response.get(name);
            if (value != null && response.others(java.util.Set.of(name)).isEmpty()) {
                return value.isString() ? value.asString() : Nodes.text(value);
            }
        }
        RawJson all = result.raw("response");
        return all == null ? "" : all.text();
    }

    /** The first call of this name that waits for a result. */
    private String waiting(String name) {
        return open.entrySet().stream()
                .filter(call -> call.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(name);
    }

    private static Part media(Part.Source source, String type, @Nullable String name) {
        if (type.startsWith("image/")) {
            return new Part.Image(source, null, Map.of());
        }
        if (type.startsWith("audio/")) {
            return new Part.Sound(source, MediaTypes.format(type), Map.of());
        }
        return new Part.File(source, name, Map.of());
    }

    /** A file of the provider's own has an id; anything else is somewhere. */
    private static Part.Source source(String uri) {
        boolean own =
                uri.startsWith("gs://") || uri.contains("generativelanguage.googleapis.com/") || !uri.contains(":");
        return own ? Part.Source.file(uri) : Part.Source.url(uri);
    }
}
