package dev.thalweg.bench.sdk;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;

/** OpenAI's own library, its blocking stream. */
public final class OpenAiJava implements Subject {
    private final OpenAIClient client;

    /** For this upstream. */
    public OpenAiJava(String url) {
        client = OpenAIOkHttpClient.builder().baseUrl(url).apiKey("sk-bench").build();
    }

    @Override
    public void read(String model, Heard heard) {
        ChatCompletionCreateParams params = ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage("Tell me.")
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        try (StreamResponse<ChatCompletionChunk> answer =
                client.chat().completions().createStreaming(params)) {
            answer.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .forEach(choice -> choice.delta().content().ifPresent(heard::add));
        }
    }
}
