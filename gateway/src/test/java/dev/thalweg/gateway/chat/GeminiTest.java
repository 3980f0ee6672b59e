package dev.thalweg.gateway.chat;

import static dev.thalweg.gateway.chat.Chats.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.RawClient;
import dev.thalweg.testkit.RecordedRequest;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Callers and providers of Gemini's protocol: paths, framings, keys, errors, signatures. What is said is the matrix's part. */
class GeminiTest {
    private static final String HELLO = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello\"}]}]}";
    private static final String FIRST = chunk("{\"text\":\"Hel\"}", "");
    private static final String LAST = chunk("{\"text\":\"lo\"}", ",\"finishReason\":\"STOP\"");
    private static final String SIGNATURE = "EpwICpkIAXLI2nxlU6gs+/==";
    private static final String CALL = chunk(
            "{\"functionCall\":{\"name\":\"now\",\"args\":{\"zone\":\"CET\"}},\"thoughtSignature\":\"" + SIGNATURE
                    + "\"}",
            ",\"finishReason\":\"STOP\"");

    private static String chunk(String part, String more) {
        return "{\"candidates\": [{\"content\": {\"parts\": [" + part + "],\"role\": \"model\"}" + more
                + ",\"index\": 0}],\"usageMetadata\": {\"promptTokenCount\": 3,\"candidatesTokenCount\": 2,"
                + "\"totalTokenCount\": 5},\"modelVersion\": \"gemini-3-pro\",\"responseId\": \"r-1\"}";
    }

    private static Script stream(String... chunks) {
        var script = Script.sse().lineEnd("\r\n");
        for (String chunk : chunks) {
            script.event(chunk);
        }
        return script.build();
    }

    private static TestGateway gateway(String model, String url, String... rest) {
        return TestGateway.of("""
                model_list:
                  - model_name: m
                    litellm_params: {model: "%s", api_base: "%s", api_key: sk-upstream-canary}
                thalweg_settings: {num_retries: 0}
                router_settings: {disable_cooldowns: true}
                %s
                """.formatted(model, url, String.join("\n", rest)));
    }

    private static RawClient post(TestGateway gateway, String path, String body, String... header) {
        RawClient client = gateway.connect();
        client.timeout(Chats.SOON);
        Map<String, String> headers = header.length == 0
                ? Map.of("Content-Type", "application/json")
                : Map.of("Content-Type", "application/json", header[0], header[1]);
        client.post(path, headers, body);
        return client;
    }

    private static RawClient.Body answer(TestGateway gateway, String path, String body, int status, String... header) {
        try (RawClient client = post(gateway, path, body, header)) {
            RawClient.Head head = client.readHead();
            RawClient.Body read = client.readBody();
            assertThat(head.status()).as(read.text()).isEqualTo(status);
            return read;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1beta/models/", "/v1/models/", "/models/"})
    void eventsAreRelayedByteForByteButForTheModelsName(String path) {
        try (var upstream = ScriptedUpstream.start().always(stream(FIRST, LAST));
                var gateway = gateway("gemini/gemini-3-pro", upstream.url());
                RawClient client = post(gateway, path + "m:streamGenerateContent?alt=sse", HELLO)) {
            assertThat(client.readHead().header("content-type")).contains("text/event-stream; charset=utf-8");
            String expected = "data: " + FIRST + "\r\n\r\ndata: " + LAST + "\r\n\r\n";
            assertThat(client.readBody().text()).isEqualTo(expected.replace("\"gemini-3-pro\"", "\"m\""));
            RecordedRequest request = upstream.takeRequest(Chats.SOON);
            assertThat(request.target()).isEqualTo("/v1beta/models/gemini-3-pro:streamGenerateContent?alt=sse");
            assertThat(request.header("x-goog-api-key")).contains("sk-upstream-canary");
            assertThat(request.header("authorization")).isEmpty();
            assertThat(request.bodyText()).isEqualTo(HELLO);
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("complete");
            Chats.settled(gateway);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini/gemini-3-pro", "openai/gpt-4o-mini"})
    void withoutAltAStreamIsOneArray(String model) {
        Script answer = model.startsWith("gemini") ? stream(FIRST, LAST) : OpenAiScripts.stream("Hel", "lo");
        try (var upstream = ScriptedUpstream.start().always(answer);
                var gateway = gateway(model, upstream.url());
                RawClient client = post(gateway, "/v1beta/models/m:streamGenerateContent", HELLO)) {
            assertThat(client.readHead().header("content-type")).contains("application/json; charset=utf-8");
            JsonNode all = json(client.readBody().text());
            StringBuilder text = new StringBuilder();
            all.forEach(one ->
                    text.append(one.at("/candidates/0/content/parts/0/text").asString("")));
            assertThat(text.toString()).isEqualTo("Hello");
            assertThat(all.get(all.size() - 1).at("/candidates/0/finishReason").asString())
                    .isEqualTo("STOP");
        }
    }

    @Test
    void aWholeAnswer() {
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, LAST));
                var gateway = gateway("gemini/gemini-3-pro", upstream.url() + "/v1beta")) {
            String body = answer(gateway, "/v1beta/models/m:generateContent", HELLO, 200)
                    .text();
            assertThat(body).isEqualTo(LAST.replace("\"gemini-3-pro\"", "\"m\""));
            assertThat(upstream.takeRequest(Chats.SOON).target())
                    .isEqualTo("/v1beta/models/gemini-3-pro:generateContent");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1beta/models/m:generateContent", "/v1/chat/completions"})
    void defaultsStandWhereGeminiHasThemAndTheCallerWins(String path) {
        String body = path.endsWith("completions")
                ? "{\"model\":\"m\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
                : HELLO.replace("{\"contents\"", "{\"generationConfig\":{\"maxOutputTokens\":5},\"contents\"");
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, LAST));
                var gateway = TestGateway.of("""
                        model_list:
                          - model_name: m
                            litellm_params: {model: gemini/gemini-3-pro, api_base: "%s", api_key: k, temperature: 0.5,
                              max_tokens: 9, stop: END}
                        """.formatted(upstream.url()))) {
            String unused = answer(gateway, path, body, 200).text();
            JsonNode config = json(upstream.takeRequest(Chats.SOON).bodyText()).path("generationConfig");
            assertThat(config)
                    .isEqualTo(json("{\"maxOutputTokens\":5,\"temperature\":0.5,\"stopSequences\":[\"END\"]}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?alt=sse", ""})
    void openAisMarkerAtTheEndOfAnUpstreamsStreamIsNotPassedOn(String query) {
        try (var upstream = ScriptedUpstream.start().always(stream(FIRST, LAST, "[DONE]"));
                var gateway = gateway("gemini/gemini-3-pro", upstream.url())) {
            String body = answer(gateway, "/v1beta/models/m:streamGenerateContent" + query, HELLO, 200)
                    .text();
            assertThat(body).contains("lo").doesNotContain("[DONE]");
            assertThat(Chats.row(gateway).path("outcome").asString()).isEqualTo("complete");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1beta/models/m:streamGenerateContent", "/v1/chat/completions"})
    void theWaitInAStreamsErrorIsThatOfAnErrorsBody(String path) {
        String error = "{\"error\":{\"code\":429,\"message\":\"Quota.\",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":["
                + "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"7.5s\"}]}}";
        String body = path.endsWith("completions")
                ? "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
                : HELLO;
        try (var upstream = ScriptedUpstream.start().always(stream(error));
                var gateway = gateway("gemini/gemini-3-pro", upstream.url());
                RawClient client = post(gateway, path, body)) {
            RawClient.Head head = client.readHead();
            assertThat(head.status()).isEqualTo(429);
            assertThat(head.header("retry-after-ms")).contains("7500");
            assertThat(head.header("retry-after")).contains("8");
        }
    }

    @Test
    void aStreamWithoutAFinishReasonIsCutAndSaysSoTwice() {
        try (var upstream = ScriptedUpstream.start().always(stream(FIRST));
                var gateway = gateway("gemini/gemini-3-pro", upstream.url())) {
            String body = answer(gateway, "/v1beta/models/m:streamGenerateContent?alt=sse", HELLO, 200)
                    .text();
            String error = body.substring(body.lastIndexOf("\n\n") + 2);
            assertThat(json(error).at("/error/status").asString()).isEqualTo("UNAVAILABLE");
            assertThat(body).contains("data: " + error + "\n\n" + error);
            String array = answer(gateway, "/v1beta/models/m:streamGenerateContent", HELLO, 200)
                    .text();
            assertThat(json(array).get(1).has("error")).isTrue();
        }
    }

    @Test
    void nothingIsPutBetweenEventsThatGooglesClientsCannotTake() {
        Script slow = Script.sse()
                .event(FIRST)
                .flush()
                .sleep(java.time.Duration.ofMillis(400))
                .event(LAST)
                .build();
        try (var upstream = ScriptedUpstream.start().always(slow);
                var gateway = TestGateway.of("""
                        model_list:
                          - model_name: m
                            litellm_params: {model: gemini/gemini-3-pro, api_base: "%s", api_key: k}
                        thalweg_settings: {stream_keep_alive: 0.1}
                        """.formatted(upstream.url()))) {
            String body = answer(gateway, "/v1beta/models/m:streamGenerateContent?alt=sse", HELLO, 200)
                    .text();
            assertThat(body).doesNotContain("\n:").startsWith("data: {").endsWith("}\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":%s}", "[{\"error\":%s}]"})
    void theWaitIsReadFromTheBody(String form) {
        String error = form.formatted("{\"code\":429,\"message\":\"Quota exceeded.\",\"status\":\"RESOURCE_EXHAUSTED\","
                + "\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"34.4s\"}]}");
        try (var upstream = ScriptedUpstream.start().always(Script.json(429, error));
                var gateway = gateway("gemini/gemini-3-pro", upstream.url());
                RawClient client = post(gateway, "/v1beta/models/m:generateContent", HELLO)) {
            RawClient.Head head = client.readHead();
            JsonNode body = json(client.readBody().text());
            assertThat(head.status()).isEqualTo(429);
            assertThat(head.header("retry-after")).contains("35");
            assertThat(head.header("retry-after-ms")).contains("34400");
            assertThat(body.at("/error/code").asInt()).isEqualTo(429);
            assertThat(body.at("/error/status").asString()).isEqualTo("RESOURCE_EXHAUSTED");
            assertThat(body.at("/error/message").asString()).isEqualTo("Quota exceeded.");
        }
    }

    @Test
    void aWrongKeyOfTheOperatorsIsNoFaultOfTheCallers() {
        String error = "{\"error\":{\"code\":400,\"message\":\"API key not valid.\",\"status\":\"INVALID_ARGUMENT\","
                + "\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"API_KEY_INVALID\"}]}}";
        try (var upstream = ScriptedUpstream.start().always(Script.json(400, error));
                var other = ScriptedUpstream.start().always(Script.json(200, LAST));
                var gateway = TestGateway.of("""
                        model_list:
                          - model_name: m
                            litellm_params: {model: gemini/gemini-3-pro, api_base: "%s", api_key: a}
                          - model_name: spare
                            litellm_params: {model: gemini/gemini-3-pro, api_base: "%s", api_key: b}
                        router_settings: {fallbacks: [{m: [spare]}]}
                        """.formatted(upstream.url(), other.url()))) {
            assertThat(answer(gateway, "/v1beta/models/m:generateContent", HELLO, 200)
                            .text())
                    .contains("lo");
        }
    }

    @Test
    void keysInTheHeaderAndInTheQueryLetInAndAreShownNowhere() {
        try (var upstream = ScriptedUpstream.start().always(Script.json(200, LAST));
                var gateway = gateway(
                        "gemini/gemini-3-pro",
                        upstream.url(),
                        "general_settings: {master_key: sk-canary-master}",
                        "keys: [{name: team, key: sk-canary-team, models: [other]}]")) {
            String path = "/v1beta/models/m:generateContent";
            answer(gateway, path, HELLO, 200, "x-goog-api-key", "sk-canary-master");
            answer(gateway, path + "?key=sk-canary-master", HELLO, 200);
            answer(gateway, path + "?%24alt=json&key=sk-canary-team", HELLO, 403);
            String wrong =
                    answer(gateway, path + "?key=sk-canary-wrong", HELLO, 401).text();
            assertThat(json(wrong).at("/error/status").asString()).isEqualTo("UNAUTHENTICATED");
            answer(gateway, "/v1beta/models/none:generateContent?key=sk-canary-master", HELLO, 404);
            answer(gateway, "/v1/chat/completions?key=sk-canary-master", "{}", 401);
            assertThat(upstream.takeRequest(Chats.SOON).target()).doesNotContain("canary");
            assertThat(wrong).doesNotContain("canary");
            gateway.close();
            assertThat(gateway.log()).doesNotContain("canary");
            assertThat(gateway.rows()).isNotEmpty().noneMatch(row -> row.contains("canary"));
        }
    }

    @Test
    void modelsAndCountsInGooglesShape() {
        try (var gateway = gateway("gemini/gemini-3-pro", ScriptedUpstream.refusingUrl());
                RawClient list = gateway.connect();
                RawClient one = gateway.connect();
                RawClient none = gateway.connect()) {
            list.get("/v1beta/models?pageSize=10", Map.of()).readHead();
            JsonNode models = json(list.readBody().text()).path("models");
            assertThat(models).hasSize(1);
            assertThat(models.at("/0/name").asString()).isEqualTo("models/m");
            assertThat(one.get("/v1beta/models/m", Map.of()).readHead().status())
                    .isEqualTo(200);
            assertThat(json(one.readBody().text()).path("name").asString()).isEqualTo("models/m");
            assertThat(none.get("/v1beta/models/n", Map.of()).readHead().status())
                    .isEqualTo(404);
            assertThat(json(none.readBody().text()).at("/error/status").asString())
                    .isEqualTo("NOT_FOUND");
            String path = "/v1beta/models/m:countTokens";
            int plain = json(answer(gateway, path, HELLO, 200).text())
                    .path("totalTokens")
                    .asInt();
            assertThat(plain).isBetween(1, 30);
            String inside = "{\"generateContentRequest\":" + HELLO + "}";
            assertThat(json(answer(gateway, path, inside, 200).text())
                            .path("totalTokens")
                            .asInt())
                    .isEqualTo(plain);
            JsonNode wrong = json(answer(gateway, "/v1beta/models/m:generateContent", "{}", 400)
                    .text());
            assertThat(wrong.at("/error/status").asString()).isEqualTo("INVALID_ARGUMENT");
            assertThat(wrong.at("/error/details/0/metadata/param").asString()).isEqualTo("contents");
        }
    }

    /** A call's signature comes back to the byte, through whatever protocol the conversation goes on. */
    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, false",
        "/v1/chat/completions, true",
        "/v1/messages, false",
        "/v1/messages, true",
        "/v1/responses, false",
        "/v1/responses, true"
    })
    void aCallsSignatureComesBack(String path, boolean stream) {
        try (var upstream = ScriptedUpstream.start()
                        .answer(request -> request.target().contains(":streamGenerateContent")
                                ? stream(CALL)
                                : Script.json(200, CALL));
                var gateway = gateway("gemini/gemini-3-pro", upstream.url())) {
            String first =
                    answer(gateway, path, ask(path, stream, List.of()), 200).text();
            RecordedRequest unused = upstream.takeRequest(Chats.SOON);
            List<JsonNode> turn = goesOn(path, stream, first);
            assertThat(turn.toString()).contains(SIGNATURE);
            String second = answer(gateway, path, ask(path, false, turn), 200).text();
            assertThat(second).isNotEmpty();
            JsonNode sent = json(upstream.takeRequest(Chats.SOON).bodyText());
            JsonNode part = sent.at("/contents/1/parts/0");
            assertThat(part.path("thoughtSignature").asString())
                    .as(sent.toString())
                    .isEqualTo(SIGNATURE);
            assertThat(part.at("/functionCall/args/zone").asString()).isEqualTo("CET");
            assertThat(sent.at("/contents/1/parts")).hasSize(1);
            assertThat(sent.at("/contents/2/parts/0/functionResponse/name").asString())
                    .isEqualTo("now");
        }
    }

    /** Of two images the second is signed: it is still when the conversation goes on, in this protocol or through another. */
    @ParameterizedTest
    @CsvSource({"/v1/chat/completions, false", "/v1/chat/completions, true"})
    void anImagesSignatureComesBack(String path, boolean stream) {
        String images = chunk(
                "{\"text\":\"Two\"},{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"YQ==\"}},"
                        + "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"Yg==\"},\"thoughtSignature\":\""
                        + SIGNATURE
                        + "\"}",
                ",\"finishReason\":\"STOP\"");
        try (var upstream = ScriptedUpstream.start()
                        .answer(request -> request.target().contains(":streamGenerateContent")
                                ? stream(images)
                                : Script.json(200, images));
                var gateway = gateway("gemini/gemini-3-pro-image", upstream.url())) {
            String first =
                    answer(gateway, path, ask(path, stream, List.of()), 200).text();
            RecordedRequest unused = upstream.takeRequest(Chats.SOON);
            ObjectNode said = stream ? kept(first) : (ObjectNode) json(first).at("/choices/0/message");
            JsonNode more =
                    JsonMapper.shared().createObjectNode().put("role", "user").put("content", "Redder");
            String second = answer(gateway, path, ask(path, false, List.of(said, more)), 200)
                    .text();
            assertThat(second).isNotEmpty();
            JsonNode parts = json(upstream.takeRequest(Chats.SOON).bodyText()).at("/contents/1/parts");
            assertThat(parts.toString())
                    .isEqualTo("[{\"text\":\"Two\"},{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"YQ==\"}},"
                            + "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"Yg==\"},\"thoughtSignature\":\""
                            + SIGNATURE + "\"}]");
        }
    }

    private static String ask(String path, boolean stream, List<JsonNode> more) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("model", "m").put("stream", stream).put("max_tokens", 100);
        if (path.endsWith("responses")) {
            body.remove("max_tokens");
        }
        ArrayNode turns = body.putArray(path.endsWith("responses") ? "input" : "messages");
        turns.addObject().put("role", "user").put("content", "What time is it?");
        turns.addAll(more);
        return body.toString();
    }

    /** The answer as a client keeps it, and the tool's result. */
    private static List<JsonNode> goesOn(String path, boolean stream, String answer) {
        ObjectNode result = JsonMapper.shared().createObjectNode();
        if (path.endsWith("responses")) {
            JsonNode response = stream ? lastEvent(answer).path("response") : json(answer);
            List<JsonNode> items = new ArrayList<>();
            String id = "";
            for (JsonNode item : response.path("output")) {
                items.add(item);
                id = item.path("call_id").asString(id);
            }
            items.add(result.put("type", "function_call_output")
                    .put("call_id", id)
                    .put("output", "noon"));
            return items;
        }
        if (path.endsWith("messages")) {
            ArrayNode blocks =
                    stream ? blocks(answer) : (ArrayNode) json(answer).path("content");
            String id = blocks.get(blocks.size() - 1).path("id").asString();
            ObjectNode said = JsonMapper.shared().createObjectNode().put("role", "assistant");
            said.set("content", blocks);
            result.put("role", "user");
            result.putArray("content")
                    .addObject()
                    .put("type", "tool_result")
                    .put("tool_use_id", id)
                    .put("content", "noon");
            return List.of(said, result);
        }
        ObjectNode message =
                stream ? message(answer) : (ObjectNode) json(answer).at("/choices/0/message");
        // A client that knows Google's extension and nothing else.
        message.remove("reasoning_details");
        String id = message.at("/tool_calls/0/id").asString();
        return List.of(
                message, result.put("role", "tool").put("tool_call_id", id).put("content", "noon"));
    }

    private static List<JsonNode> events(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> json(line.substring(6)))
                .toList();
    }

    private static JsonNode lastEvent(String stream) {
        return events(stream).getLast();
    }

    private static ArrayNode blocks(String stream) {
        ArrayNode blocks = JsonMapper.shared().createArrayNode();
        StringBuilder input = new StringBuilder();
        for (JsonNode event : events(stream)) {
            if (event.has("content_block")) {
                blocks.add(event.path("content_block"));
            }
            input.append(event.at("/delta/partial_json").asString(""));
        }
        ((ObjectNode) blocks.get(blocks.size() - 1)).set("input", json(input.toString()));
        return blocks;
    }

    /** A message with the text, the images and the encrypted reasoning of a stream. */
    private static ObjectNode kept(String stream) {
        ObjectNode message = JsonMapper.shared().createObjectNode().put("role", "assistant");
        StringBuilder text = new StringBuilder();
        for (JsonNode event : events(stream)) {
            JsonNode delta = event.at("/choices/0/delta");
            text.append(delta.path("content").asString(""));
            for (String name : List.of("images", "reasoning_details")) {
                delta.path(name).forEach(message.withArray(name)::add);
            }
        }
        return message.put("content", text.toString());
    }

    private static ObjectNode message(String stream) {
        ObjectNode message =
                JsonMapper.shared().createObjectNode().put("role", "assistant").putNull("content");
        for (JsonNode event : events(stream)) {
            JsonNode call = event.at("/choices/0/delta/tool_calls/0");
            if (call.has("id")) {
                message.putArray("tool_calls").add(call);
            } else if (call.has("extra_content")) {
                ((ObjectNode) message.at("/tool_calls/0")).set("extra_content", call.path("extra_content"));
            }
        }
        return message;
    }
}
