package dev.thalweg.core.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.core.dialect.AnswerHead;
import dev.thalweg.core.dialect.EventReader;
import dev.thalweg.core.dialect.EventWriter;
import dev.thalweg.core.stream.Assembler;
import dev.thalweg.core.stream.EventCollector;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.core.wire.SseReader;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.RawJson;
import dev.thalweg.testkit.Cuts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the writer writes the reader reads as the same answer, streamed or whole. */
class AnswersTest {
    private static final AnswerHead HEAD = new AnswerHead("req_1", "responses", "m", 7, true, List.of());
    private static final ChatRequest REQUEST = ChatRequest.of("m", "Hi");
    static final String STREAM = Told.sse(
            "{'type':'response.created','response':{'id':'resp_9','created_at':7,'model':'m','output':[]}}",
            "{'type':'response.output_item.added','output_index':0,'item':{'id':'rs_1','type':'reasoning','summary':[]}}",
            "{'type':'response.reasoning_summary_text.delta','output_index':0,'summary_index':0,'delta':'Hm é'}",
            "{'type':'response.output_item.done','output_index':0,'item':{'id':'rs_1','type':'reasoning','summary':[{}],"
                    + "'encrypted_content':'gAAA'}}",
            "{'type':'response.output_item.done','output_index':1,'item':{'id':'ws','type':'web_search_call','x':1.50}}",
            "{'type':'response.output_item.added','output_index':2,'item':{'id':'msg_1','type':'message','phase':'final_answer'}}",
            "{'type':'response.output_text.delta','output_index':2,'delta':'Hi','logprobs':[{'token':'Hi'}]}",
            "{'type':'response.output_text.annotation.added','output_index':2,'annotation':{'type':'url_citation','url':'u'}}",
            "{'type':'response.refusal.delta','output_index':2,'content_index':1,'delta':'no'}",
            "{'type':'response.output_item.done','output_index':2,'item':{'id':'msg_1','type':'message'}}",
            "{'type':'response.output_item.added','output_index':3,'item':{'id':'fc_1','type':'function_call','call_id':'c1',"
                    + "'name':'f','namespace':'n','arguments':''}}",
            "{'type':'response.function_call_arguments.delta','output_index':3,'delta':'{}'}",
            "{'type':'response.output_item.done','output_index':3,'item':{'id':'fc_1','type':'function_call'}}",
            "{'type':'response.output_item.done','output_index':4,'item':{'id':'ctc','type':'custom_tool_call','call_id':'c2',"
                    + "'name':'g','input':'free'}}",
            "{'type':'response.completed','response':{'id':'resp_9','model':'m','status':'completed','service_tier':'flex',"
                    + "'output':[],'usage':{'input_tokens':1,'output_tokens':2,'total_tokens':3}}}");

    @Test
    void aStreamWrittenAnewIsTheSameAnswer() {
        byte[] first = STREAM.getBytes(StandardCharsets.UTF_8);
        ChatResponse expected = assembled(List.of(first));
        byte[] again = rewritten(List.of(first));
        EventWriterTest.events(new String(again, StandardCharsets.UTF_8));
        assertThat(spelledOut(assembled(List.of(again)))).isEqualTo(spelledOut(expected));
        assertThat(expected.toolCalls()).hasSize(2);
        assertThat(new String(again, StandardCharsets.UTF_8))
                .contains("\"id\":\"rs_1\"", "\"id\":\"msg_1\"", "\"id\":\"fc_1\"", "\"phase\":\"final_answer\"");
    }

    @Test
    void howeverTheUpstreamsStreamIsCutTheSameIsWritten() {
        byte[] first = STREAM.getBytes(StandardCharsets.UTF_8);
        byte[] whole = rewritten(List.of(first));
        Cuts.everywhere(first, pieces -> assertThat(rewritten(pieces)).isEqualTo(whole));
    }

    @Test
    void aWholeAnswerIsTheLastEventsResponse() {
        ChatResponse expected = assembled(List.of(STREAM.getBytes(StandardCharsets.UTF_8)));
        byte[] body = ResponsesDialect.INSTANCE.writeAnswer(expected, HEAD, REQUEST);
        EventCollector collector = new EventCollector();
        assertThat(ResponsesDialect.INSTANCE.readAnswer(body, 0, body.length, collector))
                .isNull();
        Assembler assembler = new Assembler();
        assembler.addWhole(collector.takeChunk(new RawJson("{}")));
        assertThat(spelledOut(assembler.complete())).isEqualTo(spelledOut(expected));
    }

    @Test
    void whatIsKeptOfAnAnswerIsTheConversationOfTheNextRequest() {
        byte[] asked = "{\"model\":\"m\",\"instructions\":\"old\",\"input\":\"Hi\"}".getBytes(StandardCharsets.UTF_8);
        ResponseEventWriter writer = writer();
        feed(List.of(STREAM.getBytes(StandardCharsets.UTF_8)), writer);
        StoredResponse stored = StoredResponse.of(asked, null, writer.response());
        assertThat(stored.id()).isEqualTo("resp_9").isEqualTo(writer.responseId());
        byte[] next = ("{\"model\":\"m\",\"instructions\":\"new\",\"previous_response_id\":\"resp_9\",\"input\":["
                        + "{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":\"1\"},"
                        + "{\"type\":\"custom_tool_call_output\",\"call_id\":\"c2\",\"output\":\"2\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        ChatRequest request = ResponsesDialect.INSTANCE.readRequest(next, 0, next.length, stored);
        assertThat(request.messages())
                .extracting(message -> message.role() + message.parts().size())
                .containsExactly("system1", "user1", "assistant6", "tool1", "tool1");
        assertThat(request.messages().get(0).content()).isEqualTo("new");
        assertThat(request.extra()).isEmpty();
        byte[] answer =
                "{\"id\":\"resp_10\",\"output\":[{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"ok\"}]}"
                        .getBytes(StandardCharsets.UTF_8);
        StoredResponse longer = StoredResponse.of(next, stored, answer);
        assertThat(JsonMapper.shared().readTree(longer.items())).hasSize(9);
    }

    static ResponseEventWriter writer() {
        return (ResponseEventWriter) ResponsesDialect.INSTANCE.eventWriter(HEAD, REQUEST);
    }

    static byte[] rewritten(List<byte[]> pieces) {
        return rewritten(pieces, HEAD);
    }

    static byte[] rewritten(List<byte[]> pieces, AnswerHead head) {
        EventWriter writer = ResponsesDialect.INSTANCE.eventWriter(head, REQUEST);
        feed(pieces, writer);
        return writer.written().toBytes();
    }

    static void feed(List<byte[]> pieces, EventWriter writer) {
        EventReader reader = ResponsesDialect.INSTANCE.eventReader();
        SseReader events = new SseReader(1 << 23, new HeldBytes(1 << 24));
        for (byte[] piece : pieces) {
            events.feed(piece, 0, piece.length);
            while (events.next()) {
                if (events.block().hasData() && reader.read(events.block(), writer) == EventReader.Kind.END) {
                    writer.complete();
                }
            }
        }
    }

    static ChatResponse assembled(List<byte[]> pieces) {
        EventReader reader = ResponsesDialect.INSTANCE.eventReader();
        EventCollector collector = new EventCollector();
        Assembler assembler = new Assembler();
        SseReader events = new SseReader(1 << 23, new HeldBytes(1 << 24));
        for (byte[] piece : pieces) {
            events.feed(piece, 0, piece.length);
            while (events.next()) {
                if (events.block().hasData()) {
                    var unused = reader.read(events.block(), collector);
                    assembler.add(collector.takeChunk(new RawJson("{}")));
                }
            }
        }
        return assembler.complete();
    }

    static String spelledOut(ChatResponse response) {
        return response.toJson()
                + response.usage()
                + response.choices().get(0).reasoningBlocks()
                + response.choices().get(0).messageExtra();
    }
}
