package dev.thalweg.clients;

import com.openai.errors.OpenAIServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.util.MimeTypeUtils;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Spring AI with its model of OpenAI's protocol, in this JVM. */
final class SpringAiDriver implements Driver {
    @Override
    public String version() {
        return Libraries.version(OpenAiChatModel.class) + " on Java " + Runtime.version();
    }

    @Override
    public JsonNode call(Call call) {
        FrameworkAsk ask = FrameworkAsk.of(call.request());
        OpenAiChatModel model =
                OpenAiChatModel.builder().options(options(call, ask)).build();
        ObjectNode result = JsonMapper.shared().createObjectNode();
        try {
            Prompt prompt = new Prompt(messages(ask), options(call, ask));
            switch (call.operation()) {
                case "complete" -> result.set("completion", told(model.call(prompt)));
                case "stream" -> stream(model.stream(prompt), result);
                default -> throw new IllegalArgumentException(call.operation());
            }
        } catch (RuntimeException e) {
            result.set("error", raised(e));
        }
        return result;
    }

    private static void stream(Flux<ChatResponse> answer, ObjectNode result) {
        ArrayNode texts = result.putArray("texts");
        Flux<ChatResponse> heard = answer.doOnNext(response -> response.getResults().stream()
                .map(generation -> generation.getOutput().getText())
                .filter(text -> text != null && !text.isEmpty())
                .forEach(texts::add));
        // The framework's own way of putting a stream together.
        new MessageAggregator()
                .aggregate(heard, whole -> result.set("completion", told(whole)))
                .blockLast(Scene.SOON);
    }

    private static OpenAiChatOptions options(Call call, FrameworkAsk ask) {
        OpenAiChatOptions.Builder options = OpenAiChatOptions.builder();
        options.baseUrl(call.baseUrl())
                .apiKey(call.apiKey())
                .maxRetries(call.maxRetries())
                .timeout(Duration.ofMillis(call.timeoutMillis()))
                .streamUsage(true);
        options.model(ask.model());
        if (ask.tools()) {
            options.toolCallbacks(tool("weather", FrameworkAsk.CITY), tool("now", FrameworkAsk.NOTHING));
        }
        if (ask.schema()) {
            options.outputSchema(FrameworkAsk.CITY);
        }
        if (ask.maxTokens() > 0) {
            options.maxTokens(ask.maxTokens());
        }
        return options.build();
    }

    private static ToolCallback tool(String name, String schema) {
        ToolDefinition definition = ToolDefinition.builder()
                .name(name)
                .description("The " + name)
                .inputSchema(schema)
                .build();
        return new ToolCallback() {
            @Override
            public ToolDefinition getToolDefinition() {
                return definition;
            }

            @Override
            public String call(String input) {
                throw new UnsupportedOperationException("the model alone does not run tools");
            }
        };
    }

    private static List<Message> messages(FrameworkAsk ask) {
        List<Message> messages = new ArrayList<>();
        UserMessage.Builder user = UserMessage.builder().text(ask.text());
        if (!ask.image().isEmpty()) {
            user.media(Media.builder()
                    .mimeType(MimeTypeUtils.IMAGE_PNG)
                    .data(Base64.getDecoder().decode(ask.image()))
                    .build());
        }
        messages.add(user.build());
        if (!ask.back().isEmpty()) {
            messages.add(AssistantMessage.builder()
                    .content("")
                    .toolCalls(ask.back().stream()
                            .map(back ->
                                    new AssistantMessage.ToolCall(back.id(), "function", back.name(), back.arguments()))
                            .toList())
                    .build());
            messages.add(ToolResponseMessage.builder()
                    .responses(ask.back().stream()
                            .map(back -> new ToolResponseMessage.ToolResponse(back.id(), back.name(), back.result()))
                            .toList())
                    .build());
        }
        return messages;
    }

    private static ObjectNode told(ChatResponse response) {
        ObjectNode told = JsonMapper.shared().createObjectNode();
        AssistantMessage message = response.getResult().getOutput();
        told.put("text", message.getText());
        told.put("reasoning", String.valueOf(message.getMetadata().getOrDefault("reasoningContent", "")));
        ArrayNode calls = told.putArray("calls");
        message.getToolCalls()
                .forEach(call -> calls.addObject()
                        .put("id", call.id())
                        .put("name", call.name())
                        .put("arguments", call.arguments()));
        told.put("finish", response.getResult().getMetadata().getFinishReason());
        told.put("input", response.getMetadata().getUsage().getPromptTokens());
        told.put("output", response.getMetadata().getUsage().getCompletionTokens());
        return told;
    }

    private static ObjectNode raised(RuntimeException e) {
        Throwable told = Exceptions.unwrap(e);
        while (!(told instanceof OpenAIServiceException) && told.getCause() != null) {
            told = told.getCause();
        }
        ObjectNode error = JsonMapper.shared()
                .createObjectNode()
                .put("class", told.getClass().getSimpleName())
                .put("message", told.getMessage());
        if (told instanceof OpenAIServiceException said) {
            error.put("status", said.statusCode());
            said.code().ifPresent(code -> error.put("code", code));
            said.param().ifPresent(param -> error.put("param", param));
            said.headers().values("x-request-id").forEach(id -> error.put("requestId", id));
        }
        return error;
    }
}
