package dev.thalweg.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Before anything is measured: each way gives the whole answer, and the gateway really does what it is said to do. */
record Check(Scene scene) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String STREAM = "stream-100-10";
    private static final int CHUNKS = 100;

    void all(Tls tls) throws Exception {
        for (Subject subject : Subject.values()) {
            if (scene.has(subject) && (tls == Tls.NONE || subject != Subject.DIRECT)) {
                stream(subject, tls);
                expect(
                        Script.FIRST_TEXT,
                        JSON.readTree(ask(subject, "json", tls))
                                .at("/choices/0/message/content")
                                .asString(),
                        subject.label() + "'s text of a JSON answer");
            }
        }
        for (Subject subject : Subject.values()) {
            if (subject.configured() && scene.has(subject)) {
                row(subject);
            }
        }
    }

    private void stream(Subject subject, Tls tls) throws Exception {
        String who = subject.label() + "'s stream: ";
        List<String> data = ask(subject, STREAM, tls)
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .toList();
        expect("[DONE]", data.get(data.size() - 1), who + "its end");
        List<JsonNode> chunks =
                data.subList(0, data.size() - 1).stream().map(JSON::readTree).toList();
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(chunk.at("/choices/0/delta/content").asString("")));
        expect(Script.text(CHUNKS), text.toString(), who + "its text");
        JsonNode last = chunks.get(chunks.size() - 1);
        expect(
                subject.configured() ? "absent" : "" + CHUNKS,
                last.at("/usage/completion_tokens").asString("absent"),
                who + "usage");
        String asked = Scene.name(subject, STREAM, tls);
        expect(
                subject.gateway() ? asked : "upstream-2025-08-07",
                last.at("/model").asString(),
                who + "the model's name");
    }

    /** The gateway took the usage out of the stream and put it into its record. */
    private void row(Subject subject) throws Exception {
        TimeUnit.MILLISECONDS.sleep(500); // rows are gathered before they are written
        try (Stream<Path> files = Files.list(scene.gateway(subject).data())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode row = JSON.readTree(line);
                    if (row.at("/stream").asBoolean()) {
                        expect("bench", row.at("/key").asString(), "the record's key");
                        expect("" + CHUNKS, row.at("/output_tokens").asString(), "the record's output tokens");
                        expect(
                                "" + Script.INPUT_TOKENS,
                                row.at("/input_tokens").asString(),
                                "the record's input tokens");
                        expect("false", row.at("/estimated").asString(), "whether they are estimated");
                        return;
                    }
                }
            }
        }
        throw new IllegalStateException(subject.label() + " wrote no row of the stream into its record");
    }

    private String ask(Subject subject, String model, Tls tls) throws Exception {
        int port = scene.port(subject, model, tls);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(tls.scheme() + "://127.0.0.1:" + port + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Gateway.KEY)
                .POST(HttpRequest.BodyPublishers.ofString(Scene.body(subject, model, tls, null)))
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(new Certificate(scene.stage().directory).jdkClient())
                .build()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            expect("200", "" + answer.statusCode(), subject.label() + "'s status");
            return answer.body();
        }
    }

    private static void expect(String expected, String is, String what) {
        if (!expected.equals(is)) {
            throw new IllegalStateException(
                    what + " is not as scripted: expected '" + expected + "', got '" + is + "'; nothing is measured");
        }
    }
}
