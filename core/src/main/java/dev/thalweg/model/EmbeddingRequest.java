package dev.thalweg.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is to be turned into vectors, by which model, and in what form they are wanted. Immutable. */
public final class EmbeddingRequest {
    /** How vectors are written in an answer. */
    public enum Encoding {
        /** As numbers. */
        FLOAT,
        /** Their bytes, little-endian, in base64. */
        BASE64
    }

    private final String model;
    private final List<EmbeddingInput> inputs;
    private final Encoding encoding;
    private final @Nullable Integer dimensions;
    private final @Nullable EmbeddingPurpose purpose;
    private final @Nullable String endUser;
    private final Map<String, RawJson> extra;

    private EmbeddingRequest(Builder builder) {
        this.model = builder.model;
        this.inputs = List.copyOf(builder.inputs);
        this.encoding = builder.encoding;
        this.dimensions = builder.dimensions;
        this.purpose = builder.purpose;
        this.endUser = builder.endUser;
        this.extra = Collections.unmodifiableMap(new LinkedHashMap<>(builder.extra));
    }

    /** A request for the vectors of these texts. */
    public static EmbeddingRequest of(String model, String... texts) {
        Builder builder = builder(model);
        for (String text : texts) {
            builder.input(new EmbeddingInput.Text(text));
        }
        return builder.build();
    }

    /** An empty builder for this model. */
    public static Builder builder(String model) {
        return new Builder(model);
    }

    /** The model. */
    public String model() {
        return model;
    }

    /** What becomes a vector each, in order. */
    public List<EmbeddingInput> inputs() {
        return inputs;
    }

    /** How the caller wants the vectors written. */
    public Encoding encoding() {
        return encoding;
    }

    /** How long the vectors are to be; empty: as the model makes them. */
    public OptionalInt dimensions() {
        return dimensions == null ? OptionalInt.empty() : OptionalInt.of(dimensions);
    }

    /** What the vectors are for; empty where it was not said. */
    public Optional<EmbeddingPurpose> purpose() {
        return Optional.ofNullable(purpose);
    }

    /** Whom the caller asks for, by a name of the caller's. */
    public Optional<String> endUser() {
        return Optional.ofNullable(endUser);
    }

    /** Fields without a word of their own here, in the spelling they came in. */
    public Map<String, RawJson> extra() {
        return extra;
    }

    /** The same with those of the fields of {@link #extra()} whose names are wanted. */
    public EmbeddingRequest retaining(Predicate<String> wanted) {
        Builder builder = retained(wanted);
        builder.inputs.addAll(inputs);
        return builder.build();
    }

    /** The same in requests of at most so many inputs each, in order. */
    public List<EmbeddingRequest> parts(int most) {
        if (inputs.size() <= most) {
            return List.of(this);
        }
        List<EmbeddingRequest> parts = new ArrayList<>();
        for (int from = 0; from < inputs.size(); from += most) {
            Builder builder = retained(name -> true);
            builder.inputs.addAll(inputs.subList(from, Math.min(inputs.size(), from + most)));
            parts.add(builder.build());
        }
        return parts;
    }

    private Builder retained(Predicate<String> wanted) {
        Builder builder = builder(model).encoding(encoding);
        builder.dimensions = dimensions;
        builder.purpose = purpose;
        builder.endUser = endUser;
        extra.forEach((name, value) -> {
            if (wanted.test(name)) {
                builder.extra(name, value);
            }
        });
        return builder;
    }

    /** Builds a request. Not thread-safe. */
    public static final class Builder {
        private final String model;
        private final List<EmbeddingInput> inputs = new ArrayList<>();
        private final Map<String, RawJson> extra = new LinkedHashMap<>(4);
        private Encoding encoding = Encoding.FLOAT;
        private @Nullable Integer dimensions;
        private @Nullable EmbeddingPurpose purpose;
        private @Nullable String endUser;

        private Builder(String model) {
            this.model = model;
        }

        /** Adds something to turn into a vector. */
        public Builder input(EmbeddingInput input) {
            inputs.add(input);
            return this;
        }

        /** How the vectors are to be written; as numbers unless it is said. */
        public Builder encoding(Encoding value) {
            encoding = value;
            return this;
        }

        /** How long the vectors are to be. */
        public Builder dimensions(int value) {
            dimensions = value;
            return this;
        }

        /** What the vectors are for. */
        public Builder purpose(EmbeddingPurpose value) {
            purpose = value;
            return this;
        }

        /** Whom the caller asks for. */
        public Builder endUser(String value) {
            endUser = value;
            return this;
        }

        /** A field without a word of its own. */
        public Builder extra(String name, RawJson value) {
            extra.put(name, value);
            return this;
        }

        /** The request. */
        public EmbeddingRequest build() {
            return new EmbeddingRequest(this);
        }
    }
}
