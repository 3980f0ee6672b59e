package dev.thalweg.core.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.testkit.Cuts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The few things a relay changes in a chunk, and that it changes nothing else. */
class RelayChangesTest {
    private static final String CONTENT =
            "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a, \\\"model\\\":\\\"x\\\"\"}}]";

    @Test
    void everyChunkShowsTheAlias() {
        String stream = "data: {\"id\":\"1\",\"model\":\"up\"," + CONTENT + "}\n\n: c\n\n"
                + "data:{ \"model\" : \"up\\u0041\" , " + CONTENT + "}\r\n\r\n"
                + "data: {" + CONTENT + ",\"model\":\"\"}\n\ndata: [DONE]\n\n";
        assertThat(Relayed.uncut(stream, "my\"alias", true))
                .isEqualTo("data: {\"id\":\"1\",\"model\":\"my\\\"alias\"," + CONTENT + "}\n\n: c\n\n"
                        + "data:{ \"model\" : \"my\\\"alias\" , " + CONTENT + "}\r\n\r\n"
                        + "data: {" + CONTENT + ",\"model\":\"my\\\"alias\"}\n\ndata: [DONE]\n\n");
    }

    @Test
    void aModelThatIsAbsentOrNullIsNotMadeUp() {
        String stream = "data: {" + CONTENT + "}\n\ndata: {\"model\":null," + CONTENT + "}\n\n";
        assertThat(Relayed.uncut(stream, "alias", true)).isEqualTo(stream);
    }

    @Test
    void aSecondModelThatIsNoTextChangesNothing() {
        String stream = "data: {\"model\":\"up\"," + CONTENT + ",\"model\":7}\n\n";
        assertThat(Relayed.uncut(stream, "alias", true))
                .isEqualTo("data: {\"model\":\"alias\"," + CONTENT + ",\"model\":7}\n\n");
    }

    @Test
    void aModelDeeperInTheChunkIsNotTheModel() {
        String stream = "data: {\"x\":{\"model\":\"up\"},\"choices\":[{\"delta\":{},\"model\":\"up\"}]}\n\n";
        assertThat(Relayed.uncut(stream, "alias", true)).isEqualTo(stream);
    }

    @Test
    void theChunkThatOnlyCarriesUsageIsDropped() {
        String usage = "data: {\"model\":\"up\",\"choices\":[],\"usage\":{\"prompt_tokens\":1}}\n\n";
        String stream = "data: {" + CONTENT + "}\n\n" + usage + ": c\n\n" + usage + "data: [DONE]\n\n";
        assertThat(Relayed.uncut(stream, null, false)).isEqualTo("data: {" + CONTENT + "}\n\n: c\n\ndata: [DONE]\n\n");
        assertThat(Relayed.uncut(stream, null, true)).isEqualTo(stream);
        assertThat(Relayed.uncut("data: {\"usage\":{\"prompt_tokens\":1}}\n\n: c\n\n", null, false))
                .isEqualTo(": c\n\n");
    }

    @Test
    void aBlankLineStaysWholeBeforeAChunkThatIsDropped() {
        String usage = "data: {\"model\":\"up\",\"choices\":[],\"usage\":{\"prompt_tokens\":1}}\r\n\r\n";
        String stream = "data: {" + CONTENT + "}\r\n\r\n" + usage + "data: [DONE]\r\n\r\n";
        assertThat(Relayed.uncut(stream, null, false)).isEqualTo("data: {" + CONTENT + "}\r\n\r\ndata: [DONE]\r\n\r\n");
    }

    @Test
    void aChunkWithoutChoicesAndWithoutUsageIsKept() {
        String prelude = "data: {\"choices\":[],\"id\":\"\",\"prompt_filter_results\":[{}]}\n\n";
        assertThat(Relayed.uncut(prelude, null, false)).isEqualTo(prelude);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{$,\"usage\":null} | {$}",
                "{\"usage\":null,$} | {$}",
                "{\"id\":\"1\",\"usage\":null,$} | {\"id\":\"1\",$}",
                "{$ , \"usage\" : null } | {$  }",
                "{$,\"usage\":null,\"model\":\"up\"} | {$,\"model\":\"up\"}"
            })
    void usageNobodyAskedForIsTakenOut(String data, String expected) {
        String stream = "data: " + data.replace("$", CONTENT) + "\n\n";
        assertThat(Relayed.uncut(stream, null, false)).isEqualTo("data: " + expected.replace("$", CONTENT) + "\n\n");
        assertThat(Relayed.uncut(stream, null, true)).isEqualTo(stream);
    }

    /** Nobody has to ask such a provider, and Mistral's clients cannot. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{$ , \"usage\" : { \"prompt_tokens\" : 1 } }",
                "{\"usage\":{},$}",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1}}"
            })
    void usageBesideAChoiceStays(String data) {
        String stream = "data: " + data.replace("$", CONTENT) + "\n\n";
        assertThat(Relayed.uncut(stream, null, false)).isEqualTo(stream);
        assertThat(Relayed.uncut(stream, null, true)).isEqualTo(stream);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{$,\"error\":null}", "{\"error\":null,$}", "{\"error\":null,\"usage\":null,$}"})
    void aNullErrorIsTakenOutBecauseClientsTakeItForOne(String data) {
        String json = data.replace("$", CONTENT);
        String out = Relayed.uncut("data: " + json + "\n\n", null, true);
        ObjectNode expected = tree(json);
        expected.remove("error");
        assertThat(tree(out.substring(6))).isEqualTo(expected);
    }

    @Test
    void dataOnSeveralLinesIsWrittenAnewOnOneWhereItChanges() {
        String stream = "data: {\"model\":\ndata: \"up\",\ndata: " + CONTENT + "}\n\n";
        assertThat(Relayed.uncut(stream, null, true)).isEqualTo(stream);
        assertThat(Relayed.uncut(stream, "alias", true)).isEqualTo("data: {\"model\": \"alias\", " + CONTENT + "}\n\n");
        String hidden = Relayed.uncut("data: {\"usage\":null,\ndata: " + CONTENT + "}\n\n", null, false);
        assertThat(tree(hidden.substring(6))).isEqualTo(tree("{" + CONTENT + "}"));
    }

    @Test
    void anyOrderOfMembersComesOutRightHoweverItIsCut() {
        Random random = new Random(9);
        for (int round = 0; round < 150; round++) {
            List<String> members = new ArrayList<>(List.of(CONTENT, "\"id\":\"1\""));
            String usage = random.nextBoolean() ? "\"usage\":null" : "\"usage\":{\"prompt_tokens\":1}";
            String[] others = {"\"model\":\"up\"", usage, "\"error\":null", "\"usage2\":{\"usage\":1}"};
            for (String other : others) {
                if (random.nextInt(4) > 0) {
                    members.add(other);
                }
            }
            Collections.shuffle(members, random);
            String comma = random.nextBoolean() ? "," : " , ";
            String json = "{" + String.join(comma, members) + "}";
            for (String alias : new String[] {null, "alias"}) {
                check(json, alias, true, random);
                check(json, alias, false, random);
            }
        }
    }

    private static void check(String json, @Nullable String alias, boolean showUsage, Random random) {
        ObjectNode expected = tree(json);
        expected.remove("error");
        if (!showUsage && expected.path("usage").isNull()) {
            expected.remove("usage");
        }
        if (alias != null && expected.has("model")) {
            expected.put("model", alias);
        }
        byte[] bytes = ("data: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
        Cuts.random(bytes, random.nextLong(), 5, pieces -> {
            String out = Relayed.of(alias, showUsage).all(pieces).text();
            assertThat(out).startsWith("data: ").endsWith("\n\n");
            assertThat(tree(out.substring(6))).as(json).isEqualTo(expected);
        });
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }
}
