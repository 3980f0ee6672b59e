package dev.thalweg.gateway.chat;

import dev.thalweg.gateway.TestGateway;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;

/** What the tests of routing share: groups in front of upstreams, and ways for an upstream to fail. */
final class Routes {
    static final Script BROKEN = OpenAiScripts.error(500, "server_error", "boom", "It broke.");

    private Routes() {}

    /** A deployment of this group. */
    static String deployment(String group, String id, String url, String... options) {
        String more = options.length == 0 ? "" : ", " + String.join(", ", options);
        return """
                  - model_name: %s
                    litellm_params: {model: openai/gpt-4o-mini, api_base: "%s", api_key: sk-upstream-canary%s}
                    model_info: {id: %s}
                """.formatted(group, url, more, id);
    }

    /** A gateway with these deployments and this rest of its configuration. */
    static TestGateway gateway(String rest, String... deployments) {
        return TestGateway.of("model_list:\n" + String.join("", deployments) + rest);
    }

    /** {@code gpt} by this upstream, with {@code spare} behind it, and no retries. */
    static TestGateway withSpare(ScriptedUpstream first, ScriptedUpstream spare, String... settings) {
        return gateway(
                "thalweg_settings:\n  num_retries: 0\n  fallbacks: [{gpt: [spare]}]\n  "
                        + String.join("\n  ", settings),
                deployment("gpt", "first", first.url()),
                deployment("spare", "second", spare.url()));
    }
}
