package dev.thalweg.core.catalog;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row of the provider table: where a provider is and how it wants to be asked. Reading its answers needs no row,
 * because reading is tolerant for every upstream. Immutable.
 *
 * @param name the prefix of a model name, as in {@code groq/llama-3.3-70b}
 * @param aliases other prefixes that mean the same provider
 * @param baseUrl what a protocol's path, {@code /chat/completions} for example, is appended to; a parameter's key in braces
 *     stands for its value; null where every account has its own
 * @param keyVariables environment variables that may hold the key, first match wins
 * @param baseUrlVariables environment variables that may hold the base URL, first match wins
 * @param auth how the key is sent
 * @param tokenField how the limit of output tokens is spelled
 * @param quirks further deviations in what is sent
 * @param dialects the protocols it speaks, the one that says most first: {@code openai} (chat completions), {@code
 *     responses}, {@code anthropic}
 * @param parameters what else an account is told by: a region, a project, credentials of more than one part
 * @param roots what stands between base URL and path, by protocol, where its protocols do not all begin at the base URL
 * @param models where it lists its models, below the base URL: {@code {"data": [{"id": …}]}}; null: nowhere, or in another form
 */
public record Provider(
        String name,
        List<String> aliases,
        @Nullable String baseUrl,
        List<String> keyVariables,
        List<String> baseUrlVariables,
        AuthScheme auth,
        TokenField tokenField,
        Set<Quirk> quirks,
        List<String> dialects,
        List<Parameter> parameters,
        Map<String, String> roots,
        @Nullable String models) {

    /** The parameter that has what Google's tokens are got with: a service account's key, or the path of its file. */
    public static final String GOOGLE_CREDENTIALS = "vertex_credentials";

    /**
     * A part of what tells one account from another.
     *
     * @param key its name in a configuration file, LiteLLM's
     * @param variables environment variables that may hold it, first match wins
     * @param otherwise what it is where nobody says it; null: it is missing then
     */
    public record Parameter(
            String key, List<String> variables, @Nullable String otherwise) {}

    /** How the key travels. */
    public enum AuthScheme {
        /** {@code Authorization: Bearer KEY}. */
        BEARER,
        /** {@code api-key: KEY}, as Azure OpenAI reads it. */
        API_KEY_HEADER,
        /** {@code x-api-key: KEY}, as Anthropic reads it. */
        X_API_KEY_HEADER,
        /** {@code x-goog-api-key: KEY}, as Gemini reads it. */
        X_GOOG_API_KEY_HEADER,
        /** {@code Authorization: Bearer KEY} where there is a key, else AWS's signature over each request. */
        AWS
    }

    /** What the limit of output tokens is called in a request. */
    public enum TokenField {
        /** Both spellings are understood: the caller's is sent. */
        AS_SENT,
        /** Only {@code max_tokens} is understood. */
        MAX_TOKENS,
        /** OpenAI: reasoning models refuse {@code max_tokens} with a 400, other models take both. */
        MAX_COMPLETION_TOKENS_FOR_REASONING
    }

    /** A deviation in what is sent. Never one in what is read. */
    public enum Quirk {
        /** Refuses or ignores {@code stream_options}; usage comes unasked or not at all. */
        NO_STREAM_OPTIONS,
        /**
         * Azure OpenAI's paths: {@code /openai/deployments/MODEL/chat/completions?api-version=V}, {@code
         * /openai/responses?api-version=V}. Whether there are responses hangs on the version.
         */
        AZURE_PATHS,
        /** AWS Bedrock's InvokeModel: Anthropic's bodies without the model, which the path names, and AWS's frames around its events. */
        BEDROCK_INVOKE,
        /** Vertex AI's {@code :rawPredict}: Anthropic's bodies without the model, which the path names. */
        VERTEX_RAW_PREDICT,
        /** Ranks documents at {@code /rerank}, as Cohere's request asks for it. */
        RERANKS,
        /** Runs on the user's own machine: no key is needed. */
        NO_KEY_NEEDED
    }

    /** What stands between the base URL and the paths of this protocol. */
    public String root(String dialect) {
        return roots.getOrDefault(dialect, "");
    }

    /** Whether it speaks this protocol. */
    public boolean speaks(String dialect) {
        return dialects.contains(dialect);
    }

    /** Whether this provider has the quirk. */
    public boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }
}
