package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.catalog.Provider;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a provider of chat completions takes beyond what all of them take: most refuse a request with a field they do not
 * know. A server that the table does not know better than {@code openai_like} is trusted to know what is meant for it.
 */
final class Takes {
    private static final Set<String> OPENROUTERS_WORDS = Set.of("openrouter", "openai_like");

    /** OpenAI's models that do not reason refuse to be told how much. */
    private static final Pattern NO_REASONING = Pattern.compile("(?:ft:)?(?:gpt-3|gpt-4|chatgpt).*");

    private Takes() {}

    /** Whether a part may say that it is to be cached. Others cache by themselves, or not at all. */
    static boolean cacheControl(Provider provider) {
        return OPENROUTERS_WORDS.contains(provider.name());
    }

    /** Whether reasoning goes back, as {@code reasoning_details}. DeepSeek and Groq refuse messages that have any. */
    static boolean reasoningDetails(Provider provider) {
        return OPENROUTERS_WORDS.contains(provider.name());
    }

    /** Whether a file may be a URL. */
    static boolean fileUrls(Provider provider) {
        return OPENROUTERS_WORDS.contains(provider.name());
    }

    /** Whether there are messages of the role {@code developer}; to others they are the system's. */
    static boolean developers(Provider provider) {
        return provider.tokenField() == Provider.TokenField.MAX_COMPLETION_TOKENS_FOR_REASONING;
    }

    /** Whether this model may be told how much to reason. */
    static boolean reasoningEffort(Provider provider, String model) {
        boolean openAi = provider.tokenField() == Provider.TokenField.MAX_COMPLETION_TOKENS_FOR_REASONING;
        return !openAi || !NO_REASONING.matcher(model).matches();
    }
}
