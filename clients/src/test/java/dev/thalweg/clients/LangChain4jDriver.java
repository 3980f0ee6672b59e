package dev.thalweg.clients;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiModelCatalog;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** LangChain4j with its models of OpenAI's protocol, in this JVM. */
final class LangChain4jDriver implements Driver {
    private static final JsonObjectSchema CITY = JsonObjectSchema.builder()
            .addStringProperty("city")
            .required("city")
            .additionalProperties(false)
            .build();
    private static final List<ToolSpecification> TOOLS = List.of(
            ToolSpecification.builder()
                    .name("weather")
                    .description("The weather in a city")
                    .parameters(CITY)
                    .build(),
            ToolSpecification.builder().name("now").description("The time").build());
    private static final ResponseFormat A_CITY = ResponseFormat.builder()
            .type(ResponseFormatType.JSON)
            .jsonSchema(JsonSchema.builder().name("answer").rootElement(CITY).build())
            .build();

    @Override
    public String version() {
        return Libraries.version(OpenAiChatModel.class) + " on Java " + Runtime.version();
    }

    @Override
    public JsonNode call(Call call) {
        ObjectNode result = JsonMapper.shared().createObjectNode();
        try {
            switch (call.operation()) {
                case "complete" -> complete(call, result);
                case "stream" -> stream(call, result);
                case "models" -> models(call, result);
                default -> throw new IllegalArgumentException(call.operation());
            }
        } catch (RuntimeException e) {
            result.set("error", raised(e));
        }
        return result;
    }

    private static void complete(Call call, ObjectNode result) {
        OpenAiChatModel model = OpenAiChatModel.builder()
                .baseUrl(call.baseUrl())
                .apiKey(call.apiKey())
                .maxRetries(call.maxRetries())
                .timeout(Duration.ofMillis(call.timeoutMillis()))
                .returnThinking(true)
                .strictJsonSchema(true)
                .build();
        result.set("completion", told(model.chat(request(call))));
    }

    private static void stream(Call call, ObjectNode result) {
        OpenAiStreamingChatModel model = OpenAiStreamingChatModel.builder()
                .baseUrl(call.baseUrl())
                .apiKey(call.apiKey())
                .timeout(Duration.ofMillis(call.timeoutMillis()))
                .returnThinking(true)
                .build();
        ArrayNode texts = result.putArray("texts");
        CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        model.chat(request(call), new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String text) {
                texts.add(text);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                answer.completeExceptionally(error);
            }
        });
        result.set("completion", told(answer.join()));
    }

    private static void models(Call call, ObjectNode result) {
        ArrayNode models = result.putArray("models");
        OpenAiModelCatalog.builder()
                .baseUrl(call.baseUrl())
                .apiKey(call.apiKey())
                .build()
                .listModels()
                .forEach(model -> models.addObject().put("id", model.name()).put("owned_by", model.owner()));
    }

    private static ChatRequest request(Call call) {
        FrameworkAsk ask = FrameworkAsk.of(call.request());
        ChatRequest.Builder request =
                ChatRequest.builder().modelName(ask.model()).messages(messages(ask));
        if (ask.tools()) {
            request.toolSpecifications(TOOLS);
        }
        if (ask.schema()) {
            request.responseFormat(A_CITY);
        }
        if (ask.maxTokens() > 0) {
            request.maxOutputTokens(ask.maxTokens());
        }
        return request.build();
    }

    private static List<ChatMessage> messages(FrameworkAsk ask) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(
                ask.image().isEmpty()
                        ? UserMessage.from(ask.text())
                        : UserMessage.from(TextContent.from(ask.text()), ImageContent.from(ask.image(), "image/png")));
        if (!ask.back().isEmpty()) {
            messages.add(AiMessage.from(
                    ask.back().stream().map(LangChain4jDriver::toolCall).toList()));
            ask.back().forEach(back -> messages.add(ToolExecutionResultMessage.from(toolCall(back), back.result())));
        }
        return messages;
    }

    private static ToolExecutionRequest toolCall(FrameworkAsk.Back back) {
        return ToolExecutionRequest.builder()
                .id(back.id())
                .name(back.name())
                .arguments(back.arguments())
                .build();
    }

    private static ObjectNode told(ChatResponse response) {
        ObjectNode told = JsonMapper.shared().createObjectNode();
        AiMessage message = response.aiMessage();
        told.put("text", message.text()).put("reasoning", message.thinking());
        ArrayNode calls = told.putArray("calls");
        message.toolExecutionRequests()
                .forEach(call -> calls.addObject()
                        .put("id", call.id())
                        .put("name", call.name())
                        .put("arguments", call.arguments()));
        if (response.finishReason() != null) {
            told.put("finish", response.finishReason().name());
        }
        if (response.tokenUsage() != null) {
            told.put("input", response.tokenUsage().inputTokenCount())
                    .put("output", response.tokenUsage().outputTokenCount());
        }
        return told;
    }

    private static ObjectNode raised(RuntimeException e) {
        Throwable told = e instanceof CompletionException ? e.getCause() : e;
        ObjectNode error = JsonMapper.shared()
                .createObjectNode()
                .put("class", told.getClass().getSimpleName())
                .put("message", told.getMessage());
        for (Throwable cause = told; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException http) {
                error.put("status", http.statusCode());
            }
        }
        return error;
    }
}
