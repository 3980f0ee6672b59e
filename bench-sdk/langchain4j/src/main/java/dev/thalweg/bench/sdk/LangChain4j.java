package dev.thalweg.bench.sdk;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** LangChain4j, its streaming model with a handler. */
public final class LangChain4j implements Subject {
    private final OpenAiStreamingChatModel client;

    /** For this upstream. */
    public LangChain4j(String url) {
        client = OpenAiStreamingChatModel.builder()
                .baseUrl(url)
                .apiKey("sk-bench")
                .timeout(Duration.ofMinutes(10)) // as long as the others'; its own is one minute
                .build();
    }

    @Override
    public void read(String model, Heard heard) {
        ChatRequest request = ChatRequest.builder()
                .modelName(model)
                .messages(UserMessage.from("Tell me."))
                .build();
        CompletableFuture<ChatResponse> end = new CompletableFuture<>();
        client.chat(request, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String text) {
                heard.add(text);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                end.complete(response);
            }

            @Override
            public void onError(Throwable failure) {
                end.completeExceptionally(failure);
            }
        });
        end.join();
    }
}
