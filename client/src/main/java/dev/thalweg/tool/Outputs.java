package dev.thalweg.tool;

import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a tool returned, as what the model is told. */
final class Outputs {
    private Outputs() {}

    /** Text as it is, parts as content, anything else as JSON. */
    static List<Part> of(@Nullable Object value) {
        if (value instanceof Part part) {
            return List.of(part);
        }
        if (value instanceof List<?> list && !list.isEmpty() && list.stream().allMatch(Part.class::isInstance)) {
            return list.stream().map(Part.class::cast).toList();
        }
        return List.of(new Part.Text(text(value)));
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case CharSequence text -> text.toString();
            case RawJson json -> json.text();
            default -> JsonText.write(value);
        };
    }
}
