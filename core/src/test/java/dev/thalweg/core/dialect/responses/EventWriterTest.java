package dev.thalweg.core.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.dialect.ToolCallPiece;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.StreamEvent.ExtraField.Owner;
import dev.thalweg.model.Usage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventWriterTest {
    private static final ChatRequest REQUEST = RequestRoundTripTest.read(
            "{\"model\":\"m\",\"input\":\"Hi\",\"instructions\":"
                    + "\"Be brief\",\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{\n\"type\":\"object\"}}],\"user\":\"u\"}");

    private EventWriter writer = writer("openai");

    static EventWriter writer(String upstream) {
        return ResponsesDialect.INSTANCE.eventWriter(
                new AnswerHead("req_4f", upstream, "m", 7, true, List.of("a warning")), REQUEST);
    }

    static List<JsonNode> events(String stream) {
        List<JsonNode> events = new ArrayList<>();
        for (String block : stream.split("\n\n")) {
            String[] lines = block.split("\n");
            assertThat(lines).hasSize(2);
            JsonNode event = JsonMapper.shared().readTree(lines[1].substring("data: ".length()));
            assertThat(lines[0]).isEqualTo("event: " + event.path("type").asString());
            assertThat(event.path("sequence_number").asInt(-1)).isEqualTo(events.size());
            events.add(event);
        }
        return events;
    }

    private List<JsonNode> events() {
        return events(writer.written().toString());
    }

    static List<String> types(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.path("type").asString().replace("response.", ""))
                .toList();
    }

    private void text(String text) {
        writer.text(0, JsonText.of(text));
    }

    private static JsonValue value(String json) {
        byte[] bytes = Bytes.utf8(RequestRoundTripTest.quoted(json));
        return new JsonValue().set(bytes, 0, bytes.length);
    }

    private void call(int index, String id, String name, String arguments) {
        ToolCallPiece piece = new ToolCallPiece().begin(index);
        piece.id(id == null ? null : JsonText.of(id));
        piece.name(name == null ? null : JsonText.of(name));
        piece.arguments(arguments == null ? null : JsonText.of(arguments));
        writer.toolCall(0, piece);
    }

    private JsonNode last() {
        List<JsonNode> events = events();
        return events.get(events.size() - 1).path("response");
    }

    @Test
    void aTextInItsOrder() {
        writer.role(0, JsonText.of("assistant"));
        text("Hi \u2028");
        text("there");
        writer.finish(0, JsonText.of("stop"));
        writer.usage(Usage.builder()
                .inputTokens(9)
                .outputTokens(3)
                .cacheReadTokens(4)
                .reasoningTokens(1)
                .build());
        writer.complete();
        List<JsonNode> events = events();
        assertThat(types(events))
                .containsExactly(
                        "created",
                        "in_progress",
                        "output_item.added",
                        "content_part.added",
                        "output_text.delta",
                        "output_text.delta",
                        "output_text.done",
                        "content_part.done",
                        "output_item.done",
                        "completed");
        assertThat(writer.written().toString()).contains("Hi \\u2028").doesNotContain("\u2028");
        assertThat(events.get(4).path("delta").asString()).isEqualTo("Hi \u2028");
        assertThat(events.get(4).path("item_id").asString()).isEqualTo("msg_req4f_0");
        assertThat(events.get(6).path("text").asString()).isEqualTo("Hi \u2028there");
        assertThat(events.get(8)
                        .path("item")
                        .path("content")
                        .path(0)
                        .path("text")
                        .asString())
                .isEqualTo("Hi \u2028there");
        JsonNode response = last();
        assertThat(response.path("id").asString()).isEqualTo("resp_req4f");
        assertThat(response.path("status").asString()).isEqualTo("completed");
        assertThat(response.path("instructions").asString()).isEqualTo("Be brief");
        assertThat(response.path("tools").path(0).path("name").asString()).isEqualTo("f");
        assertThat(response.path("output").path(0)).isEqualTo(events.get(8).path("item"));
        assertThat(response.path("usage").toString())
                .isEqualTo(
                        "{\"input_tokens\":9,\"input_tokens_details\":{\"cached_tokens\":4,\"cache_write_tokens\":0},\"output_tokens\":3,"
                                + "\"output_tokens_details\":{\"reasoning_tokens\":1},\"total_tokens\":12}");
        assertThat(response.path("warnings").toString()).isEqualTo("[\"a warning\"]");
        assertThat(events.get(0).path("response").has("warnings")).isFalse();
    }

    @Test
    void callsCloseOneAfterTheOtherAndTheirIdsAreNotTheirCallIds() {
        call(0, "call_1", "f", null);
        call(0, null, null, "{\"a\":");
        call(0, null, null, "1}");
        call(1, "call_2", "g", "{}");
        writer.finish(0, JsonText.of("tool_calls"));
        writer.complete();
        List<JsonNode> events = events();
        assertThat(types(events))
                .containsExactly(
                        "created",
                        "in_progress",
                        "output_item.added",
                        "function_call_arguments.delta",
                        "function_call_arguments.delta",
                        "function_call_arguments.done",
                        "output_item.done",
                        "output_item.added",
                        "function_call_arguments.delta",
                        "function_call_arguments.done",
                        "output_item.done",
                        "completed");
        assertThat(events.get(6).path("item").toString())
                .isEqualTo("{\"id\":\"fc_req4f_0\",\"type\":\"function_call\",\"status\":\"completed\",\"arguments\":"
                        + "\"{\\\"a\\\":1}\",\"call_id\":\"call_1\",\"name\":\"f\"}");
        assertThat(last().path("output")).hasSize(2);
    }

    @Test
    void callsWhosePiecesAreMixedStayOpenSideBySide() {
        call(0, "c1", "f", "{");
        call(1, "c2", "g", "{\"b\"");
        call(0, null, null, "}");
        call(1, null, null, ":2}");
        writer.complete();
        JsonNode output = last().path("output");
        assertThat(output.path(0).path("arguments").asString()).isEqualTo("{}");
        assertThat(output.path(1).path("arguments").asString()).isEqualTo("{\"b\":2}");
    }

    @Test
    void callsAreToldApartWhereOneIndexOrNoneServesAll() {
        for (int index : new int[] {0, ToolCallPiece.NO_INDEX}) {
            writer = writer("openai");
            call(index, "c1", "f", "{}");
            call(index, "c2", "f", "{\"b\"");
            call(index, null, null, ":2}");
            writer.complete();
            assertThat(last().path("output")).hasSize(2);
            assertThat(last().path("output").path(1).path("call_id").asString()).isEqualTo("c2");
            assertThat(last().path("output").path(1).path("arguments").asString())
                    .isEqualTo("{\"b\":2}");
        }
    }

    @Test
    void aPieceOfACallThatIsClosedIsNoOtherCall() {
        call(0, "c1", "f", "{}");
        text("x");
        call(0, null, null, "{}");
        writer.complete();
        assertThat(last().path("output")).hasSize(2);
        assertThat(last().path("warnings")).hasSize(2);
    }

    @Test
    void aCallWithoutArgumentsOrIdHasThemMadeUp() {
        call(0, null, "f", null);
        writer.complete();
        assertThat(last().path("output").path(0).path("arguments").asString()).isEqualTo("{}");
        assertThat(last().path("output").path(0).path("call_id").asString()).startsWith("call_");
    }

    @Test
    void reasoningOfOtherProtocolsCarriesItsMark() {
        writer = writer("anthropic");
        writer.reasoning(0, JsonText.of("Hm"));
        writer.signature(0, JsonText.of("sig"));
        writer.redacted(0, JsonText.of("data"));
        text("x");
        writer.complete();
        JsonNode output = last().path("output");
        assertThat(output.path(0).path("encrypted_content").asString()).isEqualTo("thalweg.anthropic.sig");
        assertThat(output.path(0).path("summary").path(0).path("text").asString())
                .isEqualTo("Hm");
        assertThat(output.path(1).path("encrypted_content").asString()).isEqualTo("thalweg.anthropic.redacted.data");
        assertThat(types(events()))
                .containsSubsequence(
                        "output_item.added",
                        "reasoning_summary_part.added",
                        "reasoning_summary_text.delta",
                        "reasoning_summary_text.done",
                        "reasoning_summary_part.done",
                        "output_item.done");
    }

    @Test
    void reasoningOfThisProtocolKeepsIdAndContentWhereTheIdIsKnownInTime() {
        String data = "{\"id\":\"rs_1\",\"encrypted_content\":\"gAAA\"}";
        writer = writer("responses");
        writer.partBegins(0, JsonText.of("rs_1"));
        writer.reasoning(0, JsonText.of("Hm"));
        writer.signature(0, JsonText.of(data));
        writer.reasoning(0, JsonText.of("Hm"));
        writer.signature(0, JsonText.of(data));
        writer.complete();
        JsonNode output = last().path("output");
        assertThat(output.path(0).path("id").asString()).isEqualTo("rs_1");
        assertThat(output.path(0).path("encrypted_content").asString()).isEqualTo("gAAA");
        assertThat(output.path(1).path("id").asString()).isEqualTo("rs_req4f_1");
        assertThat(output.path(1).path("encrypted_content").asString()).isEqualTo(data);
    }

    @Test
    void anAnswerThatIsCutIsIncompleteAndSoIsItsLastItem() {
        call(0, "c", "f", "{\"a");
        writer.finish(0, JsonText.of("length"));
        writer.complete();
        JsonNode response = last();
        assertThat(response.path("status").asString()).isEqualTo("incomplete");
        assertThat(response.path("incomplete_details").path("reason").asString())
                .isEqualTo("max_output_tokens");
        assertThat(response.path("output").path(0).path("status").asString()).isEqualTo("incomplete");
        assertThat(types(events())).last().isEqualTo("incomplete");
        writer = writer("anthropic");
        writer.refusal(0, JsonText.of("no"));
        writer.finish(0, JsonText.of("refusal"));
        writer.complete();
        assertThat(last().path("incomplete_details").path("reason").asString()).isEqualTo("content_filter");
        assertThat(types(events())).contains("refusal.delta", "refusal.done");
    }

    @Test
    void citationsLogprobsAndImages() {
        writer.annotation(0, value("{'type':'url_citation','url_citation':{'url':'u'}}"));
        text("x");
        writer.logprobs(0, value("{'content':[{'token':'x'}],'refusal':null}"));
        writer.image(0, value("{'type':'image_url','image_url':{'url':'data:image/png;base64,AA=='}}"));
        writer.complete();
        JsonNode part = last().path("output").path(0).path("content").path(0);
        assertThat(part.path("annotations").toString()).isEqualTo("[{\"type\":\"url_citation\",\"url\":\"u\"}]");
        assertThat(part.path("logprobs").toString()).isEqualTo("[{\"token\":\"x\"}]");
        assertThat(last().path("output").path(1).path("result").asString()).isEqualTo("AA==");
        assertThat(events().stream().filter(e -> e.path("type").asString().equals("response.output_text.delta")))
                .allSatisfy(e -> assertThat(e.path("logprobs")).hasSize(1));
    }

    @Test
    void otherChoicesAreLeftOutAndSaidSo() {
        text("a");
        writer.text(1, JsonText.of("b"));
        writer.finish(1, JsonText.of("length"));
        writer.complete();
        assertThat(last().path("output")
                        .path(0)
                        .path("content")
                        .path(0)
                        .path("text")
                        .asString())
                .isEqualTo("a");
        assertThat(last().path("status").asString()).isEqualTo("completed");
        assertThat(last().path("warnings")).hasSize(2);
    }

    @Test
    void fieldsOfTheAnswerAreAddedAndNeverReplaceItsOwn() {
        writer.extra(Owner.ANSWER, -1, JsonText.of("object"), value("'chat.completion'"));
        writer.extra(Owner.ANSWER, -1, JsonText.of("service_tier"), value("'flex'"));
        writer.complete();
        assertThat(last().path("object").asString()).isEqualTo("response");
        assertThat(last().path("service_tier").asString()).isEqualTo("flex");
        assertThat(last().path("output")).isEmpty();
    }
}
