package dev.thalweg.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Everything that cannot be a tool is a compile error at its line, and says what to do. */
class MistakesTest {
    private static final String IMPORTS = "import dev.thalweg.tool.*; import java.util.*;\n";

    /** The source's lines count from 1 behind the imports, which are line 1 themselves. */
    private static void refused(String source, String... problems) {
        assertThat(Compilation.of(IMPORTS + source).problems()).containsExactlyInAnyOrder(problems);
    }

    @Test
    void aTypeThatNoModelCanGive() {
        refused(
                """
                class Tested {
                    @Tool("Reads")
                    void read(
                            String name,
                            java.io.InputStream in) {}
                }
                """,
                "6: parameter 'in' has the type java.io.InputStream, which no model can give. Possible are text, numbers,"
                        + " booleans, enums, records, sealed interfaces of records, List, Set, Map<String, …>, Optional, java.time,"
                        + " URI, UUID, BigDecimal and BigInteger.");
    }

    @Test
    void arraysAndVarargsToo() {
        String possible = ", which no model can give. Possible are text";
        assertThat(Compilation.of(IMPORTS + """
                class Tested {
                    @Tool("Reads") void read(byte[] bytes) {}
                    @Tool("Reads all") void readAll(String... names) {}
                }
                """).problems())
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("3: parameter 'bytes' has the type byte[]" + possible),
                        two -> assertThat(two)
                                .startsWith("4: parameter 'names' has the type java.lang.String[]" + possible));
    }

    @Test
    void aComponentDeepInsideIsReportedWhereItIs() {
        assertThat(Compilation.of(IMPORTS + """
                class Tested {
                    record Address(
                            String street,
                            Object owner) {}
                    record Person(List<Address> addresses) {}
                    @Tool("Adds") void add(Person person) {}
                }
                """).problems())
                .singleElement()
                .asString()
                .startsWith("5: component 'owner' of Address has the type java.lang.Object, which no model can give.");
    }

    @Test
    void twoToolsOfOneName() {
        refused(
                """
                class Tested {
                    @Tool("One") void find(String a) {}
                    @Tool("Two")
                    void find(int a) {}
                    @Tool(value = "Three", name = "find") void other() {}
                }
                """,
                "5: The tool name \"find\" is that of find(java.lang.String), too: give one of them another with @Tool(name = …).",
                "6: The tool name \"find\" is that of find(java.lang.String), too: give one of them another with @Tool(name = …).");
    }

    @Test
    void whatGeneratedCodeCannotReach() {
        refused(
                """
                class Tested {
                    @Tool("One") private void one() {}
                    private static class Inner {
                        @Tool("Two") void two() {}
                    }
                    private record Hidden(String a) {}
                    @Tool("Three") void three(Hidden hidden) {}
                }
                """,
                "3: The tool one is private: generated code cannot call it. Leave 'private' out.",
                "4: Inner has tools and is private, or inside a private class: generated code cannot reach it. Leave 'private' out.",
                "8: parameter 'hidden': Hidden is private, so generated code cannot reach it: leave 'private' out.");
    }

    @Test
    void typeParameters() {
        refused(
                """
                class Tested<A> {
                    @Tool("One") <T> void one() {}
                    record Box<T>(T inside) {}
                    @Tool("Two") void two(Box<String> box) {}
                }
                """,
                "2: Tested has tools and type parameters, which generated code cannot know: move the tools to a class without.",
                "3: The tool one has type parameters: a model cannot choose types.",
                "5: parameter 'box': Box has type parameters, and generated code cannot know them: take a type without.");
    }

    @Test
    void cycles() {
        refused(
                """
                class Tested {
                    record Node(
                            String name,
                            List<Leaf> children) {}
                    record Leaf(
                            Node back) {}
                    @Tool("Walks") void walk(Node root) {}
                }
                """,
                "7: component 'back' of Leaf closes a cycle, Node → Leaf → Node: its schema would have no end."
                        + " Break it, with an id in place of the value for example.");
    }

    @Test
    void names() {
        refused(
                """
                class Tested {
                    @Tool("Measures") void measure(int größe) {}
                    @Tool(value = "Dots", name = "a.b") void dots() {}
                    @Tool(" ")
                    void silent() {}
                }
                """,
                "3: parameter 'größe' has a name that models cannot use: take up to 64 of A-Z, a-z, 0-9 and _, no digit first.",
                "4: The tool name \"a.b\" is none that all providers take: 1 to 64 of A-Z, a-z, 0-9, _ and -. Give it one with @Tool(name = …).",
                "6: The tool silent has no description: say in @Tool(\"…\") what it does and when to use it.");
    }

    @Test
    void containers() {
        refused(
                """
                @SuppressWarnings("rawtypes")
                class Tested {
                    @Tool("One") void one(List names) {}
                    @Tool("Two") void two(Map<Integer, String> byNumber) {}
                    @Tool("Three") void three(List<Optional<String>> maybe) {}
                    @Tool("Four") void four(@org.jspecify.annotations.Nullable int n) {}
                }
                """,
                "4: parameter 'names' does not say what is inside: write List<String> for example.",
                "5: parameter 'byNumber' is a Map whose keys are not String: JSON has no others.",
                "6: parameter 'maybe' has an Optional inside another type: leave it out there.",
                "7: parameter 'n' is a primitive and cannot be null: take its box, or leave @Nullable out.");
    }

    @Test
    void sealedInterfaces() {
        refused(
                """
                class Tested {
                    sealed interface Shape permits Circle, Square {}
                    record Circle(double r, String type) implements Shape {}
                    record Square(double a) implements Shape {}
                    sealed interface Open permits Any {}
                    static non-sealed class Any implements Open {}
                    @Tool("One") void one(Shape shape) {}
                    @Tool("Two") void two(Open open) {}
                }
                """,
                "8: parameter 'shape': Circle has a component 'type', the member that tells the cases apart: rename it.",
                "9: parameter 'open': Open permits Any, which is no record: all of its cases have to be.");
    }

    @Test
    void whatIsNotThereYet() {
        refused(
                """
                class Tested {
                    @Tool("Later") java.util.concurrent.CompletableFuture<String> later() { return null; }
                }
                """,
                "3: The tool later returns java.util.concurrent.CompletableFuture: return the value itself."
                        + " Tools run on virtual threads and may block.");
    }

    @Test
    void recordsAndOtherTypes() {
        refused(
                """
                @Tool("A class") class Tested {
                    @Tool("A record") record Uncallable(String a) {}
                }
                """,
                "2: @Tool marks methods and records: Tested is neither. Mark its methods.",
                "3: The tool Uncallable has no call(): let the record implement java.util.concurrent.Callable.");
    }
}
