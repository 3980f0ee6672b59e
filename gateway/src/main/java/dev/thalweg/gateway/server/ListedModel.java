package dev.thalweg.gateway.server;

import dev.thalweg.config.Deployment;
import dev.thalweg.config.StaticKey;
import dev.thalweg.core.catalog.ModelCatalog;
import dev.thalweg.gateway.chat.ModelTable;
import dev.thalweg.gateway.chat.Target;
import dev.thalweg.model.Ability;
import dev.thalweg.model.ModelInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model that a caller may ask for.
 *
 * @param name a model's, a pattern as it is written, or another name
 * @param first the first deployment that serves it
 */
record ListedModel(String name, Target first) {
    /** All that this key may use: models and patterns, then other names. */
    static List<ListedModel> all(ModelTable models, @Nullable StaticKey key) {
        Map<String, ModelTable.Group> names = new LinkedHashMap<>();
        models.groups().forEach(group -> names.put(group.name(), group));
        models.aliases()
                .keySet()
                .forEach(alias -> models.find(alias).ifPresent(group -> names.putIfAbsent(alias, group)));
        return names.entrySet().stream()
                .filter(entry -> key == null || key.allows(entry.getKey()))
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The one that answers to this name; empty where none does, and where this key may not use it. */
    static Optional<ListedModel> find(ModelTable models, @Nullable StaticKey key, String name) {
        return models.find(name)
                .filter(group -> key == null || key.allows(name))
                .map(group -> of(name, group));
    }

    private static ListedModel of(String name, ModelTable.Group group) {
        return new ListedModel(name, group.routing().members().get(0).target());
    }

    /** Who is asked for it. */
    String provider() {
        return first.deployment().provider().name();
    }

    /** What the catalogue knows of it. */
    Optional<ModelInfo> info() {
        Deployment deployment = first.deployment();
        // Of no other is the catalogue read when the configuration is, and here it must not come from the disk.
        boolean catalogued = deployment.kind() == Deployment.Kind.PROVIDER && deployment.mockResponse() == null;
        return catalogued ? ModelCatalog.bundled().find(provider(), first.upstreamModel(name)) : Optional.empty();
    }

    /** Whether it makes vectors. Any other is taken for one that answers: that is what most are asked for here. */
    boolean embeds() {
        return info().filter(known -> known.abilities().contains(Ability.EMBEDDINGS))
                .isPresent();
    }
}
