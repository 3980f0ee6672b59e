package dev.thalweg;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/** Runs the test kit of Reactive Streams (rules of https://github.com/reactive-streams/reactive-streams-jvm) here. */
class PublisherTckTest {
    private static final String MULTICAST =
            "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribers";

    private static final String UNTESTED = "Not verified by this TCK.";

    private static final String OPTIONAL =
            "Skipped because tested publisher does NOT implement this OPTIONAL requirement.";
    private static final String EMPTY = "An answer without any chunk is none: it ends with onError.";

    /** What the kit does not check, and why; in its own words but for one. */
    private static final Map<String, String> SKIPPED = Map.ofEntries(
            entry("optional_spec105_emptyStreamMustTerminateBySignallingOnComplete", EMPTY),
            // One call's chunks for several subscribers: here each subscriber has a call of its own.
            entry(MULTICAST + "WhenRequestingManyUpfront", OPTIONAL),
            entry(MULTICAST + "WhenRequestingManyUpfrontAndCompleteAsExpected", OPTIONAL),
            entry(MULTICAST + "WhenRequestingOneByOne", OPTIONAL),
            entry("untested_spec106_mustConsiderSubscriptionCancelledAfterOnErrorOrOnCompleteHasBeenCalled", UNTESTED),
            entry("untested_spec107_mustNotEmitFurtherSignalsOnceOnErrorHasBeenSignalled", UNTESTED),
            entry("untested_spec108_possiblyCanceledSubscriptionShouldNotReceiveOnErrorOrOnCompleteSignals", UNTESTED),
            entry("untested_spec109_subscribeShouldNotThrowNonFatalThrowable", UNTESTED),
            entry("untested_spec110_rejectASubscriptionRequestIfTheSameSubscriberSubscribesTwice", UNTESTED),
            entry("untested_spec304_requestShouldNotPerformHeavyComputations", UNTESTED),
            entry("untested_spec305_cancelMustNotSynchronouslyPerformHeavyComputation", UNTESTED));

    @Test
    void thePublisherKeepsTheRulesOfReactiveStreams() {
        TestNG kit = new TestNG(false);
        TestListenerAdapter results = new TestListenerAdapter();
        kit.setUseDefaultListeners(false);
        kit.setVerbose(0);
        kit.setTestClasses(new Class<?>[] {PublisherVerification.class});
        kit.addListener(results);

        kit.run();

        Map<String, String> skipped = reasons(results.getSkippedTests());
        Map<String, String> failed = reasons(results.getFailedTests());
        failed.putAll(reasons(results.getConfigurationFailures()));
        System.out.printf(
                "Reactive Streams TCK: %d passed, %d failed, %d skipped%n",
                results.getPassedTests().size(), failed.size(), skipped.size());
        skipped.forEach((name, reason) -> System.out.println("  skipped " + name + ": " + reason));
        assertThat(failed).isEmpty();
        assertThat(skipped).isEqualTo(SKIPPED);
        assertThat(results.getPassedTests()).hasSizeGreaterThan(20);
    }

    private static Map<String, String> reasons(List<ITestResult> results) {
        Map<String, String> reasons = new TreeMap<>();
        results.forEach(result -> reasons.put(
                result.getName(),
                String.valueOf(result.getThrowable().getMessage()).replaceFirst("(?s) Reason for skipping was.*", "")));
        return reasons;
    }
}
