package dev.thalweg.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonInputTest {
    enum Genre {
        FANTASY,
        CRIME
    }

    private static JsonInput in(String json) {
        return JsonInput.parse("arguments", json);
    }

    @Test
    void readsWhatIsThere() {
        JsonInput in = in("""
                {"text":"a","int":12,"whole":3.0,"big":1e3,"decimal":0.1,"flag":true,"none":null,
                 "list":["a","b","a"],"map":{"x":1,"y":2},"day":"2026-11-21","genre":"CRIME","nested":{"deep":[{"n":7}]}}""");
        assertThat(in.required("text").text()).isEqualTo("a");
        assertThat(in.required("int").integer()).isEqualTo(12);
        assertThat(in.required("whole").integer()).isEqualTo(3);
        assertThat(in.required("big").longInteger()).isEqualTo(1000);
        assertThat(in.required("decimal").decimal()).isEqualTo(new BigDecimal("0.1"));
        assertThat(in.required("decimal").number()).isEqualTo(0.1);
        assertThat(in.required("flag").bool()).isTrue();
        assertThat(in.optional("none", JsonInput::text)).isNull();
        assertThat(in.optional("missing", JsonInput::text)).isNull();
        assertThat(in.optional("text", JsonInput::text)).isEqualTo("a");
        assertThat(in.required("list").list(JsonInput::text)).containsExactly("a", "b", "a");
        assertThat(in.required("list").set(JsonInput::text)).containsExactly("a", "b");
        assertThat(in.required("map").map(JsonInput::integer)).containsEntry("y", 2);
        LocalDate day = in.required("day").parsed("a date", LocalDate::parse);
        assertThat(day).isEqualTo("2026-11-21");
        assertThat(in.required("genre").choice(Genre.values())).isEqualTo(Genre.CRIME);
        assertThat(in.required("nested").json().text()).isEqualTo("{\"deep\":[{\"n\":7}]}");
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void saysWhereAndWhatWasExpected(String json, Function<JsonInput, ?> read, String message) {
        assertThatThrownBy(() -> read.apply(in(json)))
                .isInstanceOf(JsonInputException.class)
                .hasMessageStartingWith(message);
    }

    private static Object[] mistake(String json, Function<JsonInput, ?> read, String message) {
        return new Object[] {json, read, message};
    }

    static List<Object[]> mistakes() {
        Function<JsonInput, ?> street =
                in -> in.required("address").required("street").text();
        Function<JsonInput, JsonInput> n = in -> in.required("n");
        return List.of(
                mistake(
                        "{\"address\":{\"street\":12}}",
                        street,
                        "arguments.address.street: expected text, got the number 12"),
                mistake(
                        "{\"address\":{\"steet\":\"a\",\"zip\":1}}",
                        street,
                        "arguments.address.street: is required and missing; arguments.address has only steet, zip"),
                mistake("{\"address\":{\"street\":null}}", street, "arguments.address.street: is required and missing"),
                mistake("{}", street, "arguments.address: is required and missing; arguments is empty"),
                mistake("{\"address\":[]}", street, "arguments.address: expected an object, got a list"),
                mistake("[1]", street, "arguments: expected an object, got a list"),
                mistake(
                        "{\"n\":1.5}",
                        in -> n.apply(in).integer(),
                        "arguments.n: expected a whole number, got the number 1.5"),
                mistake(
                        "{\"n\":3000000000}",
                        in -> n.apply(in).integer(),
                        "arguments.n: expected a whole number from -2147483648 to 2147483647, got the number 3000000000"),
                mistake(
                        "{\"n\":1e999999999}",
                        in -> n.apply(in).longInteger(),
                        "arguments.n: expected a whole number, got"),
                mistake("{\"n\":\"1\"}", in -> n.apply(in).number(), "arguments.n: expected a number, got \"1\""),
                mistake("{\"n\":0}", in -> n.apply(in).bool(), "arguments.n: expected true or false, got the number 0"),
                mistake(
                        "{\"n\":\"ab\"}",
                        in -> n.apply(in).character(),
                        "arguments.n: expected text of one character, got \"ab\""),
                mistake(
                        "{\"n\":\"POETRY\"}",
                        in -> n.apply(in).choice(Genre.values()),
                        "arguments.n: expected one of FANTASY, CRIME, got \"POETRY\""),
                mistake(
                        "{\"n\":\"tomorrow\"}",
                        in -> n.apply(in).parsed("a date like 2026-11-21", LocalDate::parse),
                        "arguments.n: expected a date like 2026-11-21, got \"tomorrow\""),
                mistake(
                        "{\"n\":[\"a\",[],\"c\"]}",
                        in -> n.apply(in).list(JsonInput::text),
                        "arguments.n[1]: expected text, got a list"),
                mistake(
                        "{\"n\":{\"k\":null}}",
                        in -> n.apply(in).map(JsonInput::text),
                        "arguments.n.k: expected text, got null"),
                mistake(
                        "{\"n\":\"" + "x".repeat(50) + "\"}",
                        in -> n.apply(in).bool(),
                        "arguments.n: expected true or false, got text of 50 characters"),
                mistake(
                        "{\"n\":5}",
                        in -> n.apply(in).make(() -> {
                            throw new IllegalArgumentException("5 is too few");
                        }),
                        "arguments.n: 5 is too few"),
                mistake("{\"n\":1}", in -> in.make(() -> n.apply(in).text()), "arguments.n: expected text"),
                mistake("{\"n\":", n, "arguments: not JSON: "),
                mistake("{} {}", n, "arguments: not JSON: "),
                mistake("nope", n, "arguments: not JSON: "));
    }
}
