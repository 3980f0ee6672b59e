package dev.thalweg.bench.sdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.stream.Stream;

/** The floor: the JDK's HTTP client, lines, and the text cut out of each by its place, unread. */
public final class HttpAlone implements Subject {
    private static final String CONTENT = "{\"content\":\"";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI uri;

    /** For this upstream. */
    public HttpAlone(String url) {
        uri = URI.create(url + "/chat/completions");
    }

    @Override
    public void read(String model, Heard heard) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer sk-bench")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"" + model
                        + "\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":\"user\","
                        + "\"content\":\"Tell me.\"}]}"))
                .build();
        try (Stream<String> lines =
                http.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
                String line = each.next();
                int start = line.indexOf(CONTENT);
                if (start >= 0) {
                    heard.add(line.substring(start + CONTENT.length(), line.indexOf('"', start + CONTENT.length())));
                }
            }
        }
    }
}
