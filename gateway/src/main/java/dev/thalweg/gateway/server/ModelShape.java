package dev.thalweg.gateway.server;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.gateway.chat.Front;
import dev.thalweg.model.ModelInfo;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How the models that a caller may ask for are told him: in the protocol whose marks his request bears. */
enum ModelShape {
    /**
     * OpenAI's and Cohere's at once, who ask at the same path and in the same way: each of their clients reads its own
     * members and leaves the others alone.
     */
    OPENAI(Front.CHAT) {
        @Override
        void list(ByteBuilder json, List<ListedModel> models, long since) {
            json.ascii("{\"object\":\"list\",\"data\":");
            array(json, models, model -> openAi(json.ascii("{"), model, since).ascii("}"));
            json.ascii(",\"models\":");
            array(json, models, model -> cohere(json.ascii("{"), model).ascii("}"));
            json.ascii("}");
        }

        @Override
        void one(ByteBuilder json, ListedModel model, long since) {
            cohere(openAi(json.ascii("{"), model, since).ascii(","), model).ascii("}");
        }
    },
    /** Anthropic's, all on one page. */
    ANTHROPIC(Front.MESSAGES) {
        @Override
        void list(ByteBuilder json, List<ListedModel> models, long since) {
            json.ascii("{\"data\":");
            array(json, models, model -> one(json, model, since));
            json.ascii(",\"has_more\":false,\"first_id\":");
            id(json, models.isEmpty() ? null : models.getFirst());
            json.ascii(",\"last_id\":");
            id(json, models.isEmpty() ? null : models.getLast());
            json.ascii("}");
        }

        @Override
        void one(ByteBuilder json, ListedModel model, long since) {
            json.ascii("{\"type\":\"model\",\"id\":").string(model.name());
            json.ascii(",\"display_name\":").string(model.name());
            json.ascii(",\"created_at\":").string(Instant.ofEpochSecond(since).toString());
            // Clients want each of these there, if only as null.
            json.ascii(
                    ",\"lifecycle\":\"active\",\"deprecated_at\":null,\"retires_at\":null,\"line\":null,\"capabilities\":null");
            Optional<ModelInfo> info = model.info();
            limit(json.ascii(",\"max_input_tokens\":"), info.map(ModelInfo::contextWindow));
            limit(json.ascii(",\"max_tokens\":"), info.map(ModelInfo::maxOutput));
            json.ascii("}");
        }

        private static void limit(ByteBuilder json, Optional<OptionalLong> tokens) {
            OptionalLong known = tokens.orElseGet(OptionalLong::empty);
            if (known.isPresent()) {
                json.number(known.getAsLong());
            } else {
                json.ascii("null");
            }
        }

        private static void id(ByteBuilder json, @Nullable ListedModel model) {
            if (model == null) {
                json.ascii("null");
            } else {
                json.string(model.name());
            }
        }
    },
    /** Google's. */
    GEMINI(Front.GEMINI) {
        private static final String GENERATES = "\"generateContent\",\"streamGenerateContent\",\"countTokens\"";
        private static final String EMBEDS = "\"embedContent\",\"batchEmbedContents\"";

        @Override
        void list(ByteBuilder json, List<ListedModel> models, long since) {
            json.ascii("{\"models\":");
            array(json, models, model -> one(json, model, since));
            json.ascii("}");
        }

        @Override
        void one(ByteBuilder json, ListedModel model, long since) {
            json.ascii("{\"name\":").string("models/" + model.name());
            json.ascii(",\"baseModelId\":").string(model.name());
            json.ascii(",\"displayName\":").string(model.name());
            json.ascii(",\"supportedGenerationMethods\":[");
            json.ascii(model.embeds() ? EMBEDS : GENERATES).ascii("]}");
        }
    };

    private final Front front;

    ModelShape(Front front) {
        this.front = front;
    }

    /** The one that this request bears the marks of: its path, or what only one maker's clients send. */
    static ModelShape of(String target, HttpHeaders headers) {
        boolean google = Route.path(target).startsWith(ModelEndpoints.GEMINI)
                || headers.contains("x-goog-api-key")
                || GeminiQuery.key(target) != null;
        if (google) {
            return GEMINI;
        }
        return headers.contains("anthropic-version") ? ANTHROPIC : OPENAI;
    }

    /** The protocol in which mistakes are told. */
    Front front() {
        return front;
    }

    /**
     * Appends a list.
     *
     * @param since from when on there are models: seconds since 1970
     */
    abstract void list(ByteBuilder json, List<ListedModel> models, long since);

    /** Appends one. */
    abstract void one(ByteBuilder json, ListedModel model, long since);

    private static void array(ByteBuilder json, List<ListedModel> models, Consumer<ListedModel> each) {
        json.ascii("[");
        for (Iterator<ListedModel> next = models.iterator(); next.hasNext(); ) {
            each.accept(next.next());
            json.ascii(next.hasNext() ? "," : "");
        }
        json.ascii("]");
    }

    private static ByteBuilder openAi(ByteBuilder json, ListedModel model, long since) {
        json.ascii("\"id\":").string(model.name());
        json.ascii(",\"object\":\"model\",\"created\":").number(since);
        return json.ascii(",\"owned_by\":").string(model.provider());
    }

    private static ByteBuilder cohere(ByteBuilder json, ListedModel model) {
        String endpoint = model.embeds() ? "embed" : "chat";
        return json.ascii("\"name\":").string(model.name()).ascii(",\"endpoints\":[\"" + endpoint + "\"]");
    }
}
