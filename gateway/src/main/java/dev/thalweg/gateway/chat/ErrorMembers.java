package dev.thalweg.gateway.chat;

import dev.thalweg.core.error.Redaction;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What a provider says of an error beside its message, as a caller may see it. */
final class ErrorMembers {
    private ErrorMembers() {}

    /** JSON text by name, without anything in a string that looks like a key. What has none stays as it is spelled. */
    static Map<String, String> shown(Map<String, String> said) {
        Map<String, String> shown = new LinkedHashMap<>();
        said.forEach((name, json) -> {
            JsonNode read = JsonMapper.shared().readTree(json);
            JsonNode without = redacted(read.deepCopy());
            shown.put(name, without.equals(read) ? json : without.toString());
        });
        return shown;
    }

    private static JsonNode redacted(JsonNode value) {
        switch (value) {
            case StringNode text -> {
                return StringNode.valueOf(Redaction.text(text.asString()));
            }
            case ObjectNode object ->
                object.properties().forEach(member -> member.setValue(redacted(member.getValue())));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, redacted(array.get(i)));
                }
            }
            default -> {
                // A number is no key.
            }
        }
        return value;
    }
}
