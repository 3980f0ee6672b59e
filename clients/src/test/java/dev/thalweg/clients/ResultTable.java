package dev.thalweg.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Writes what each client made of each case to {@code target/clients.md} and to the build's output. */
public final class ResultTable implements TestExecutionListener {
    private static final Path FILE = Path.of("target", "clients.md");
    private static final ConcurrentLinkedQueue<String> MEASURED = new ConcurrentLinkedQueue<>();

    private final Map<String, Map<Client, String>> rows = new ConcurrentSkipListMap<>();

    /** Adds a line about something measured. */
    static void note(String line) {
        MEASURED.add(line);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (!test.isTest() || !(test.getSource().orElse(null) instanceof MethodSource source)) {
            return;
        }
        // The client, and after it what it was put before, where that is a case of its own.
        String[] names = test.getDisplayName().split(" ");
        Arrays.stream(Client.values())
                .filter(client -> client.name().equals(names[0]))
                .findFirst()
                .ifPresent(client -> rows.computeIfAbsent(
                                title(source) + before(client, names), row -> new EnumMap<>(Client.class))
                        .put(client, word(result)));
    }

    private static String before(Client client, String[] names) {
        if (names.length == 1) {
            return "";
        }
        boolean own = client.provider().name().equals(names[1]);
        return ", before " + (own ? "its own provider" : names[1].toLowerCase(Locale.ROOT));
    }

    private static String title(MethodSource source) {
        String type = source.getClassName();
        return type.substring(type.lastIndexOf('.') + 1).replace("Test", "") + ": " + spaced(source.getMethodName());
    }

    private static String spaced(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private static String word(TestExecutionResult result) {
        return switch (result.getStatus()) {
            case SUCCESSFUL -> "ok";
            case FAILED -> "FAILED";
            case ABORTED -> "skipped";
        };
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (rows.isEmpty()) {
            return;
        }
        String text = table() + "\n" + notes() + skipped();
        try {
            Files.writeString(FILE, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.println("\n" + text);
    }

    private String table() {
        StringBuilder table = new StringBuilder("| case |");
        StringBuilder line = new StringBuilder("| --- |");
        for (Client client : Client.values()) {
            table.append(' ').append(client.title()).append(" |");
            line.append(" --- |");
        }
        table.append('\n').append(line).append('\n');
        rows.forEach((name, results) -> {
            table.append("| ").append(name).append(" |");
            for (Client client : Client.values()) {
                table.append(' ').append(results.getOrDefault(client, "–")).append(" |");
            }
            table.append('\n');
        });
        return table.toString();
    }

    private static String notes() {
        return MEASURED.isEmpty() ? "" : MEASURED.stream().collect(Collectors.joining("\n", "", "\n\n"));
    }

    private static String skipped() {
        StringBuilder text = new StringBuilder();
        for (Client client : Client.values()) {
            if (client.missing() != null) {
                text.append("CLIENT SKIPPED: ")
                        .append(client.title())
                        .append(": ")
                        .append(client.missing())
                        .append('\n');
            }
        }
        return text.isEmpty() ? "No client was skipped.\n" : text.toString();
    }
}
