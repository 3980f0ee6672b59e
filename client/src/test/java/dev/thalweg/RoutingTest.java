package dev.thalweg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.thalweg.error.AuthenticationException;
import dev.thalweg.error.BadRequestException;
import dev.thalweg.error.ContextWindowExceededException;
import dev.thalweg.error.InternalServerException;
import dev.thalweg.error.RateLimitException;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.Attempt;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.testkit.OpenAiScripts;
import dev.thalweg.testkit.Script;
import dev.thalweg.testkit.ScriptedUpstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a call goes, and where it goes on to. */
class RoutingTest extends GroupTest {
    private static final Script HI = OpenAiScripts.completion("Hi");

    @Test
    void anotherDeploymentOfTheGroupAnswersWithItsOwnModelAndKey() {
        routed(both());
        upstream.always(failure(500));
        second.always(HI);

        ChatResponse answer = thalweg.complete("fast", "Hello");

        assertThat(answer.content()).isEqualTo("Hi");
        assertThat(words(answer.attempts())).containsExactly("one InternalServerException", "two");
        Attempt failed = answer.attempts().get(0);
        assertThat(failed.model()).isEqualTo(MODEL);
        assertThat(failed.code()).isEqualTo("internal_error");
        assertThat(failed.duration()).isPositive();
        assertThat(answer.attempts().get(1).succeeded()).isTrue();
        assertThat(second.requests().get(0).header("authorization")).contains("Bearer sk-two");
        assertThat(second.requests().get(0).bodyText()).contains("\"model\":\"gpt-4o\"");
    }

    @Test
    void aDeadDeploymentIsLeftAloneAfterAWhile() {
        routed(
                Routing.builder()
                        .group("fast", dead())
                        .group("smart", two().build())
                        .fallbacks("fast", "smart"),
                0);
        second.always(HI);
        assertThat(attemptsOfSixCalls()).containsExactly(2, 2, 2, 2, 1, 1);
    }

    @Test
    void aDeadDeploymentOfAGroupIsLeftAloneAfterAWhile() {
        routed(Routing.builder().strategy(RoutingStrategy.PRIORITY_ORDER).group("fast", dead(), two().build()));
        second.always(HI);
        assertThat(attemptsOfSixCalls()).containsExactly(2, 2, 2, 2, 1, 1);
    }

    private static Deployment dead() {
        return Deployment.builder(MODEL)
                .id("dead")
                .baseUrl(ScriptedUpstream.refusingUrl())
                .apiKey("sk")
                .build();
    }

    private List<Integer> attemptsOfSixCalls() {
        List<Integer> attempts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            attempts.add(thalweg.complete("fast", "Hello").attempts().size());
        }
        return attempts;
    }

    @Test
    void aDeploymentThatRecoversServesAgain() {
        routed(both().cooldown(Duration.ofMillis(1)).allowedFails(0));
        upstream.enqueue(failure(500)).always(OpenAiScripts.completion("One"));
        second.always(OpenAiScripts.completion("Two"));

        assertThat(complete()).isEqualTo("Two");
        String answer = complete();
        while (answer.equals("Two")) {
            answer = complete();
        }
        assertThat(answer).isEqualTo("One");
    }

    @Test
    void aKeyThatIsRefusedSendsTheCallElsewhereAtOnce() {
        routed(both());
        upstream.always(OpenAiScripts.error(401, "invalid_request_error", "invalid_api_key", "No"));
        second.always(HI);

        assertThat(complete()).isEqualTo("Hi");
        assertThat(complete()).isEqualTo("Hi");
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void aDeploymentWithoutAKeyIsNoReasonToFail() {
        routed(Routing.builder()
                .strategy(RoutingStrategy.PRIORITY_ORDER)
                .group("fast", Deployment.of("groq/llama"), two().build()));
        second.always(HI);

        assertThat(words(thalweg.complete("fast", "Hello").attempts()))
                .containsExactly("groq/llama AuthenticationException", "two");
    }

    @Test
    void theCallersOwnFaultStopsAtOnce() {
        routed(apart().fallbacks("fast", "smart"), 3);
        upstream.always(badRequest(null));

        Throwable failure = catchThrowable(this::complete);

        assertThat(failure).isInstanceOf(BadRequestException.class);
        assertThat(attemptsOf(failure)).containsExactly("one BadRequestException");
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void theCallersOwnFaultStopsAlsoASecondAttempt() {
        routed(both().fallbacks("fast", MODEL), 5);
        upstream.always(failure(500));
        second.always(badRequest(null));

        Throwable failure = catchThrowable(this::complete);

        assertThat(failure).isInstanceOf(BadRequestException.class);
        assertThat(attemptsOf(failure)).containsExactly("one InternalServerException", "two BadRequestException");
    }

    @Test
    void asMuchAsIsWantedACallersFaultIsTriedOnceMoreOnly() {
        routed(both().retriesAfter(BadRequestException.class, 5));
        upstream.always(badRequest(null));
        second.always(badRequest(null));

        assertThat(attemptsOf(catchThrowable(this::complete)))
                .containsExactly("one BadRequestException", "two BadRequestException");
    }

    @Test
    void aFallbackGroupAnswersWhenTheGroupCannot() {
        routed(apart().fallbacks("fast", "smart"), 0);
        upstream.always(failure(503));
        second.always(HI);

        assertThat(complete()).isEqualTo("Hi");
    }

    @Test
    void aModelMayStandInForAGroupAndAGroupForAModel() {
        routed(apart().fallbacks("smart", MODEL).defaultFallbacks("smart"), 0);
        second.always(failure(503));
        upstream.enqueue(HI).enqueue(failure(500));

        assertThat(thalweg.complete("smart", "Hello").content()).isEqualTo("Hi");
        Throwable failure = catchThrowable(() -> thalweg.complete(MODEL, "Hello"));
        assertThat(attemptsOf(failure).get(1)).isEqualTo("two ServiceUnavailableException");
    }

    @Test
    void aPromptThatIsTooLongGoesToTheGroupForIt() {
        routed(apart().contextWindowFallbacks("fast", "smart"));
        upstream.always(badRequest("context_length_exceeded"));
        second.always(HI);

        ChatResponse answer = thalweg.complete("fast", "Hello");

        assertThat(words(answer.attempts())).containsExactly("one ContextWindowExceededException", "two");
    }

    @Test
    void aPromptThatIsTooLongGoesNowhereElse() {
        routed(both().fallbacks("fast", MODEL).contentPolicyFallbacks("fast", MODEL));
        upstream.always(badRequest("context_length_exceeded"));

        assertThat(catchThrowable(this::complete)).isInstanceOf(ContextWindowExceededException.class);
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void aRefusalOfAFilterGoesToTheGroupForIt() {
        routed(apart().contentPolicyFallbacks("*", "smart"));
        upstream.always(badRequest("content_filter"));
        second.always(HI);

        assertThat(complete()).isEqualTo("Hi");
    }

    @Test
    void whenNothingIsLeftTheLastFailureListsAllAttempts() {
        routed(both());
        upstream.always(failure(500));
        second.always(OpenAiScripts.error(429, "rate_limit_error", null, "Slow down"));

        Throwable failure = catchThrowable(this::complete);

        assertThat(failure).isInstanceOf(RateLimitException.class);
        assertThat(attemptsOf(failure)).containsExactly("one InternalServerException", "two RateLimitException");
    }

    @Test
    void retriesAreThoseOfTheClassThenOfTheDeploymentThenOfTheGroup() {
        Script soon =
                Script.status(500).header("retry-after-ms", "1").text("{}").build();
        upstream.always(soon);
        routed(Routing.builder().group("fast", one().build()).retries("fast", 2), 7);
        assertThat(attemptsOf(catchThrowable(this::complete))).hasSize(3);
        routed(Routing.builder().group("fast", one().retries(1).build()).retries("fast", 2), 7);
        assertThat(attemptsOf(catchThrowable(this::complete))).hasSize(2);
        routed(
                Routing.builder()
                        .group("fast", one().retries(1).build())
                        .retriesAfter(InternalServerException.class, 3),
                7);
        assertThat(attemptsOf(catchThrowable(this::complete))).hasSize(4);
    }

    @Test
    void aModelWithoutAGroupHasAllItsRetries() {
        upstream.always(
                Script.status(500).header("retry-after-ms", "1").text("{}").build());
        thalweg = client().retries(8).build();

        assertThat(attemptsOf(catchThrowable(() -> thalweg.complete(MODEL, "Hello"))))
                .hasSize(9)
                .containsOnly(MODEL + " InternalServerException");
    }

    @Test
    void anAnswerOfAModelWithoutAGroupHasOneAttempt() {
        upstream.always(HI);
        assertThat(words(thalweg.complete(MODEL, "Hello").attempts())).containsExactly(MODEL);
    }

    @Test
    void callsChooseByTagsAndSayWhatStandsInAndProvidersGetNothingOfIt() {
        routed(Routing.builder()
                .group(
                        "fast",
                        one().tags("eu").build(),
                        two().tags("us", "default").build())
                .tagFiltering(false));
        upstream.always(OpenAiScripts.completion("One"));
        second.enqueue(OpenAiScripts.completion("Two")).always(failure(500));

        ChatRequest.Builder request = ChatRequest.builder("fast").user("Hello");
        assertThat(thalweg.complete(request.build()).content()).isEqualTo("Two");
        assertThat(thalweg.complete(request.extra("tags", "[\"eu\"]").build()).content())
                .isEqualTo("One");
        assertThat(upstream.requests().get(0).bodyText()).doesNotContain("tags");
        request.removeExtra("tags").extra("num_retries", "0").extra("fallbacks", "[\"" + MODEL + "\"]");
        assertThat(words(thalweg.complete(request.build()).attempts()))
                .containsExactly("two InternalServerException", MODEL);
        request.extra("disable_fallbacks", "true");
        assertThat(catchThrowable(() -> thalweg.complete(request.build()))).isInstanceOf(InternalServerException.class);
    }

    @Test
    void aWishThatIsNoneIsTheCallersFault() {
        routed(both());
        ChatRequest request = ChatRequest.builder("fast")
                .user("Hello")
                .extra("num_retries", "\"many\"")
                .build();
        assertThat(catchThrowable(() -> thalweg.complete(request)))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("num_retries");
    }

    @Test
    void withoutRoutingTheSameFieldsAreTheProvidersOwn() {
        upstream.always(HI);
        ChatResponse unused = thalweg.complete(
                ChatRequest.builder(MODEL).user("Hello").extra("tags", "[7]").build());
        assertThat(upstream.requests().get(0).bodyText()).contains("\"tags\":[7]");
    }

    @Test
    void nobodyMayServeIt() {
        routed(Routing.builder().group("fast", one().region("eu").build()));
        ChatRequest request = ChatRequest.builder("fast")
                .user("Hello")
                .extra("allowed_model_region", "\"us\"")
                .build();
        Throwable failure = catchThrowable(() -> thalweg.complete(request));
        assertThat(failure)
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("no deployment of 'fast' has what the request asks for");
        assertThat(attemptsOf(failure)).isEmpty();
    }

    @Test
    void aListenerHearsOfFailedAttemptsAndOfTheEnd() {
        List<String> heard = new ArrayList<>();
        CallListener listener = new CallListener() {
            @Override
            public void attemptFailed(String callId, Attempt attempt) {
                heard.add(attempt.deployment() + " " + attempt.error());
            }

            @Override
            public void ended(CallRecord call) {
                heard.add(call.model() + " " + words(call.attempts()));
            }
        };
        thalweg = client().routing(both().build()).retries(1).listener(listener).build();
        upstream.enqueue(failure(500)).enqueue(failure(500));
        second.enqueue(HI).enqueue(failure(503));

        assertThat(complete()).isEqualTo("Hi");
        assertThat(catchThrowable(this::complete)).isInstanceOf(ThalwegException.class);
        assertThat(heard)
                .containsExactly(
                        "one InternalServerException",
                        "fast [one InternalServerException, two]",
                        "one InternalServerException",
                        "two ServiceUnavailableException",
                        "fast [one InternalServerException, two ServiceUnavailableException]");
    }

    @Test
    void keysAreNowhereToBeSeen() {
        Deployment deployment = one().apiKey("sk-very-secret").build();
        assertThat(deployment + " " + deployment.endpoint()).doesNotContain("secret");
        routed(Routing.builder().group("fast", deployment), 0);
        upstream.always(OpenAiScripts.error(401, "x", null, "Incorrect API key provided: sk-very-secret"));
        assertThat(catchThrowable(this::complete))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageNotContaining("very-secret");
    }
}
