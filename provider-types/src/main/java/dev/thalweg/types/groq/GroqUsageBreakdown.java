package dev.thalweg.types.groq;

import dev.thalweg.types.Extra;
import dev.thalweg.types.WireRecord;
import java.util.List;

/** Usage by model, of an answer several models worked at. */
public record GroqUsageBreakdown(List<ModelUsage> models, Extra extra) implements WireRecord {
    public GroqUsageBreakdown {
        models = List.copyOf(models);
    }

    /** What one of them used. */
    public record ModelUsage(String model, GroqUsage usage, Extra extra) implements WireRecord {}
}
