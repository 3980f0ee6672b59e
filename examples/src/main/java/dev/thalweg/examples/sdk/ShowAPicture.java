package dev.thalweg.examples.sdk;

import dev.thalweg.Thalweg;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/** Asks about a picture: the PNG file named first. */
public final class ShowAPicture {
    void main(String[] args) throws IOException {
        String png = Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(args[0])));
        Part picture = new Part.Image(Part.Source.base64("image/png", png), "low", Map.of());
        ChatRequest request = ChatRequest.builder("openai/gpt-4o-mini")
                .message(Message.user(new Part.Text("What is this?"), picture))
                .extra("service_tier", "\"flex\"")
                .build();
        IO.println(Thalweg.create().complete(request).content());
    }
}
