package dev.thalweg.gateway.terminal;

import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was asked and answered so far, and with what settings. Not thread-safe. */
final class Conversation {
    private final List<Message> messages = new ArrayList<>();
    private final @Nullable Double temperature;
    private final @Nullable Integer maxTokens;
    private String model;
    private @Nullable String system;
    private @Nullable String lastQuestion;
    private boolean lastAnswered;

    Conversation(String model, ChatOptions options) {
        this.model = model;
        this.system = options.system();
        this.temperature = options.temperature();
        this.maxTokens = options.maxTokens();
    }

    /** The request that asks this after all that was said. */
    ChatRequest ask(String question) {
        lastQuestion = question;
        lastAnswered = false;
        ChatRequest.Builder request = ChatRequest.builder(model);
        if (system != null) {
            request.system(system);
        }
        request.messages(messages).user(question);
        if (temperature != null) {
            request.temperature(temperature);
        }
        if (maxTokens != null) {
            request.maxOutputTokens(maxTokens);
        }
        return request.build();
    }

    /** Keeps the answer to the last question, whole or not. Without any text the question is not kept either. */
    void answered(String text) {
        if (lastQuestion != null && !text.isEmpty()) {
            messages.add(Message.user(lastQuestion));
            messages.add(Message.assistant(text));
            lastAnswered = true;
        }
    }

    /** Takes the last question out, to ask it again; empty where there was none. */
    Optional<String> takeBack() {
        if (lastAnswered) {
            messages.subList(messages.size() - 2, messages.size()).clear();
            lastAnswered = false;
        }
        return Optional.ofNullable(lastQuestion);
    }

    /** Forgets what was said; model and system message stay. */
    void forget() {
        messages.clear();
        lastQuestion = null;
        lastAnswered = false;
    }

    String model() {
        return model;
    }

    void model(String value) {
        model = value;
    }

    Optional<String> system() {
        return Optional.ofNullable(system);
    }

    void system(@Nullable String value) {
        system = value;
    }

    List<Message> messages() {
        return Collections.unmodifiableList(messages);
    }
}
