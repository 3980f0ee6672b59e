package dev.thalweg.core.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;

import dev.thalweg.core.dialect.RequestProblem;
import dev.thalweg.core.wire.JsonSyntaxException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever comes, readers either understand it or say that it is not what it should be. */
class FuzzTest {
    private static final int ROUNDS = 20_000;
    private static final String[] PIECES = {
        "null",
        "\"\"",
        "{}",
        "[]",
        "-1",
        "1e999",
        "true",
        "\"type\":",
        "\"output_index\":",
        ",",
        "}",
        "]",
        "{",
        "[",
        "\"",
        "99999999999",
        "\\u0000",
        "é"
    };

    private static final String REQUEST =
            RequestRoundTripTest.quoted("{'model':'m','instructions':'i','input':[{'role':'user',"
                    + "'content':[{'type':'input_text','text':'x'},{'type':'input_image','image_url':'u'},{'type':'input_file',"
                    + "'file_data':'AA','filename':'f'},{'type':'input_audio','input_audio':{'data':'AA','format':'wav'}}]},"
                    + "{'type':'reasoning','id':'rs','summary':[{'text':'Hm'}],'encrypted_content':'{\\'id\\':\\'a\\'}'},"
                    + "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'},{'type':'function_call_output',"
                    + "'call_id':'c','output':[{'type':'input_text','text':'x'}]}],'tools':[{'type':'function','name':'f',"
                    + "'parameters':{}},{'type':'web_search'}],'tool_choice':{'type':'function','name':'f'},'text':{'format':"
                    + "{'type':'json_schema','name':'n','schema':{}}},'reasoning':{'effort':'low'},'include':['a'],'temperature':1.0,"
                    + "'max_output_tokens':5,'store':true,'metadata':{}}");

    @Test
    void requests() {
        Random random = new Random(7);
        for (int i = 0; i < ROUNDS; i++) {
            String json = mutated(REQUEST, random);
            try {
                var unused = RequestRoundTripTest.read(json);
            } catch (RequestProblem e) {
                // Said so.
            } catch (RuntimeException e) {
                fail("round " + i + ": " + json, e);
            }
        }
    }

    @Test
    void streamsAndWhatIsWrittenOfThem() {
        Random random = new Random(8);
        for (int i = 0; i < ROUNDS / 4; i++) {
            String stream = mutated(AnswersTest.STREAM, random);
            try {
                byte[] written = AnswersTest.rewritten(List.of(stream.getBytes(UTF_8)));
                if (written.length > 0) {
                    var unused = EventWriterTest.events(new String(written, UTF_8));
                }
            } catch (JsonSyntaxException e) {
                // Said so.
            } catch (RuntimeException e) {
                fail("round " + i + ": " + stream, e);
            }
        }
    }

    @Test
    void wholeAnswers() {
        Random random = new Random(9);
        ResponseEventWriter writer = AnswersTest.writer();
        AnswersTest.feed(List.of(AnswersTest.STREAM.getBytes(UTF_8)), writer);
        String answer = new String(writer.response(), UTF_8);
        for (int i = 0; i < ROUNDS / 4; i++) {
            String json = mutated(answer, random);
            try {
                var unused = Told.answer(json);
            } catch (JsonSyntaxException e) {
                // Said so.
            } catch (RuntimeException e) {
                fail("round " + i + ": " + json, e);
            }
        }
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int at = random.nextInt(mutated.length());
            int end = Math.min(mutated.length(), at + random.nextInt(12));
            String piece = PIECES[random.nextInt(PIECES.length)];
            switch (random.nextInt(4)) {
                case 0 -> mutated.delete(at, end);
                case 1 -> mutated.insert(at, piece);
                case 2 -> value(mutated, at, piece);
                default -> mutated.replace(at, end, piece);
            }
        }
        return mutated.toString();
    }

    /** Another value after the next colon: the likeliest to stay JSON. */
    private static void value(StringBuilder text, int at, String piece) {
        int colon = text.indexOf(":", at);
        int end = colon;
        while (end >= 0 && end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        if (colon >= 0) {
            text.replace(colon + 1, end, piece);
        }
    }
}
