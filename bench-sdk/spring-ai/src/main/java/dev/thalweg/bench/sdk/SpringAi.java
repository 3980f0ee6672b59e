package dev.thalweg.bench.sdk;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** Spring AI's chat model, its {@code Flux}. */
public final class SpringAi implements Subject {
    private final OpenAiChatModel client;

    /** For this upstream. */
    public SpringAi(String url) {
        OpenAiChatOptions options = OpenAiChatOptions.builder()
                .baseUrl(url)
                .apiKey("sk-bench")
                .streamUsage(true)
                .build();
        client = OpenAiChatModel.builder().options(options).build();
    }

    @Override
    public void read(String model, Heard heard) {
        OpenAiChatOptions options =
                OpenAiChatOptions.builder().model(model).streamUsage(true).build();
        client.stream(new Prompt("Tell me.", options))
                .doOnNext(response -> tell(response, heard))
                .blockLast();
    }

    private static void tell(ChatResponse response, Heard heard) {
        for (Generation generation : response.getResults()) {
            String text = generation.getOutput().getText();
            if (text != null) {
                heard.add(text);
            }
        }
    }
}
