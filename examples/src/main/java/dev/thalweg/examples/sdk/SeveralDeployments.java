package dev.thalweg.examples.sdk;

import dev.thalweg.Deployment;
import dev.thalweg.Routing;
import dev.thalweg.Thalweg;
import dev.thalweg.model.Attempt;
import dev.thalweg.model.ChatResponse;

/** Two deployments under one name, and a model that stands in for both. */
public final class SeveralDeployments {
    void main() {
        Routing routing = Routing.builder()
                .group(
                        "fast",
                        Deployment.builder("openai/gpt-4o-mini").weight(9).build(),
                        Deployment.builder("hosted_vllm/llama-3.1-8b").weight(1).build())
                .fallbacks("fast", "openai/gpt-4o")
                .build();
        try (Thalweg thalweg = Thalweg.builder().routing(routing).build()) {
            ChatResponse answer = thalweg.complete("fast", "Hello");
            IO.println(answer.content());
            for (Attempt attempt : answer.attempts()) {
                IO.println(attempt);
            }
        }
    }
}
