package dev.thalweg.core.wire;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is JSON and what is not: the cases every parser should have been tested with. */
class JsonCursorSyntaxTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "0",
                "-0",
                "-1",
                "10",
                "1.5",
                "1e5",
                "1E+5",
                "1e-05",
                "0.10",
                "-0.0e0",
                "true",
                "false",
                "null",
                "\"\"",
                "\"a\"",
                " \t\r\n1 \t\r\n",
                "[1,2]",
                "[ 1 , [ ] , { } ]",
                "{\"a\":1,\"a\":2}",
                "{\"\":0}",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
                "\"\\u0000\"",
                "\"\\ud83e\\udd8a\"",
                "\"\\uD800\"",
                "\"\u007f\"",
                "\"\u2028\u2029\"",
                "\"é日🦊\"",
                "{\"a\":{\"b\":[{\"c\":null}]}}",
                "123456789012345678901234567890",
                "1.7976931348623157e999",
                "[[[[[[[[[[]]]]]]]]]]",
                "\"\uFEFF\"",
                "\"/\"",
                "{ \"a\" : \"b\" }"
            })
    void acceptsWhatTheStandardAccepts(String json) {
        assertThatCode(() -> walk(json.getBytes(StandardCharsets.UTF_8))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "]",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1,,2]",
                "[1 2]",
                "[1}",
                "{\"a\":1]",
                "{a:1}",
                "{'a':1}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":1 \"b\":2}",
                "{\"a\" 1}",
                "{1:2}",
                "{\"a\":1}}",
                "[]]",
                "1 2",
                "01",
                "-",
                "-01",
                "+1",
                ".5",
                "1.",
                "1.e1",
                "1e",
                "1e+",
                "0x1",
                "1_0",
                "NaN",
                "Infinity",
                "-Infinity",
                "tru",
                "True",
                "nul",
                "nulll",
                "truefalse",
                "\"",
                "\"a",
                "\"\\\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\u\"",
                "\"\\",
                "\"a\nb\"",
                "\"a\tb\"",
                "\"\u0000\"",
                "\"\u001f\"",
                "'a'",
                "// c\n1",
                "/**/1",
                "#1",
                "1\u00a0",
                "\uFEFF1",
                "\u00a01",
                "[\"a\",\n4\n,1,",
                "{\"a\":\"b\"}/**/",
                "undefined",
                "{\"a\":1}\u0000",
                "\u000c[]",
                "<html>",
                "[1]x",
                "{\"a\":/1}"
            })
    void refusesWhatTheStandardRefuses(String json) {
        assertThatThrownBy(() -> walk(json.getBytes(StandardCharsets.UTF_8))).isInstanceOf(JsonSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0 80",
                "c1 bf",
                "c3",
                "c3 28",
                "e0 80 80",
                "e0 9f bf",
                "e2 82",
                "e2 28 a1",
                "ed a0 80",
                "ed bf bf",
                "f0 80 80 80",
                "f0 8f bf bf",
                "f4 90 80 80",
                "f5 80 80 80",
                "f0 9f a6",
                "fe",
                "ff",
                "f8 88 80 80 80"
            })
    void refusesBytesThatAreNotUtf8WhereStrict(String hex) {
        byte[] inString = bytes("22 " + hex + " 22");
        assertThatThrownBy(() -> walk(inString))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessageContaining("UTF-8");
        byte[] asKey = bytes("7b 22 " + hex + " 22 3a 31 7d");
        assertThatThrownBy(() -> walk(asKey)).isInstanceOf(JsonSyntaxException.class);
        JsonCursor tolerant = new JsonCursor(8, false).reset(inString, 0, inString.length);
        tolerant.skip();
        tolerant.finish();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7f",
                "c2 80",
                "df bf",
                "e0 a0 80",
                "ed 9f bf",
                "ee 80 80",
                "ef bf bf",
                "f0 90 80 80",
                "f4 8f bf bf"
            })
    void acceptsTheEdgesOfUtf8(String hex) {
        assertThatCode(() -> walk(bytes("22 " + hex + " 22"))).doesNotThrowAnyException();
    }

    static void walk(byte[] json) {
        JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, true).reset(json, 0, json.length);
        cursor.skip();
        cursor.finish();
    }

    private static byte[] bytes(String hex) {
        String[] parts = hex.split(" ");
        byte[] result = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            result[i] = (byte) Integer.parseInt(parts[i], 16);
        }
        return result;
    }
}
