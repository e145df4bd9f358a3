package io.notagenbench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows of loads in simulated time, where every number is known. */
class RowTest {

    private static final Slo SLO = new Slo(200, 100, 1_000);

    private static Row row(SimulatedServer server, double rate, int ramp, int requests) {
        Phases phases = new Phases(ramp, requests);
        List<Wanted> wanted = IntStream.range(0, phases.all()).mapToObj(seed -> new Wanted(seed, 2)).toList();
        List<Answered> answered = new Generator(server, server).open(wanted, Arrivals.CONSTANT.offsets(wanted.size(), rate, 0), phases)
                .stream().map(Answered::of).toList();
        return new RowMeasurement(answered, phases).row(rate, null, SLO, new Playback("", 0));
    }

    @Test
    void aServerThatKeepsUpHasTheTimeOfItsWork() {
        Row row = row(new SimulatedServer(50, 0), 10, 5, 100);

        assertThat(row.state()).isEqualTo(RowState.OK);
        assertThat(row.requests()).isEqualTo(100);
        assertThat(row.whole()).isEqualTo(100);
        assertThat(row.ramp()).isEqualTo(5);
        assertThat(row.times().ttft().p50().value()).isCloseTo(50, within(0.1));
        assertThat(row.times().ttft().p90().value()).isCloseTo(50, within(0.1));
        assertThat(row.times().queue().max()).isCloseTo(1.5, within(0.01));
        assertThat(row.times().prefill().max()).isCloseTo(2.5, within(0.01));
        assertThat(row.goodput()).isEqualTo(1);
        assertThat(row.throughput()).isCloseTo(10, within(0.2));
        assertThat(row.inFlight()).isZero();
    }

    @Test
    void waitingInTheQueueCountsFromTheTimeThatARequestWasMeantToBeSentAt() {
        Row row = row(new SimulatedServer(200, 0), 10, 0, 60);

        // request i begins to be served at 200 i and was meant to be sent at 100 i
        assertThat(row.times().ttft().max()).isCloseTo(59 * 100 + 200, within(10.0));
        assertThat(row.state()).isEqualTo(RowState.SATURATED);
        assertThat(row.reason()).contains("the time to the first patch rises by", "the requests on their way by");
        assertThat(row.goodput()).isEqualTo(1 / 60.0);
        assertThat(row.throughput()).isCloseTo(5, within(0.2));
    }

    @Test
    void aLateSenderIsToldAndItsLagIsInTheTimes() {
        Row row = row(new SimulatedServer(100, 20), 5, 0, 40);

        assertThat(row.state()).isEqualTo(RowState.LOAD_GENERATOR_LATE);
        assertThat(row.reason()).isEqualTo("requests were sent so late that the time to the first patch, p50, is 120 ms, and would be"
                + " 100 ms counted from when they were sent");
        assertThat(row.isRanked()).isFalse();
        assertThat(row.times().ttft().p50().value()).isCloseTo(120, within(0.2));
    }

    @Test
    void aLagThatIsSmallBesideTheTimesIsNone() {
        assertThat(row(new SimulatedServer(100, 4), 5, 0, 40).state()).isEqualTo(RowState.OK);
    }

    @Test
    void lateSendingThatMovesNoPercentileIsInTheLagAlone() {
        Row row = row(new SimulatedServer(100, 20).oversleepingEvery(50), 5, 0, 100);

        assertThat(row.lag().max()).isCloseTo(20, within(0.1));
        assertThat(row.times().ttft().max()).isCloseTo(120, within(0.2));
        assertThat(row.state()).isEqualTo(RowState.OK);
        assertThat(row(new SimulatedServer(100, 20).oversleepingEvery(5), 5, 0, 100).reason()).contains("p90");
    }

    @Test
    void rejectedRequestsCountAmongThoseThatAreNotGood() {
        Row row = row(new SimulatedServer(200, 0).holding(1), 10, 0, 100);

        assertThat(row.rejected()).isEqualTo(50);
        assertThat(row.errors()).isZero();
        assertThat(row.whole()).isEqualTo(50);
        assertThat(row.goodput()).isEqualTo(0.5);
        assertThat(row.state()).isEqualTo(RowState.SATURATED);
        assertThat(row.reason()).isEqualTo("50 requests found the queue full");
    }

    @Test
    void hitsAndMissesHaveDistributionsOfTheirOwn() {
        Row row = row(new SimulatedServer(80, 0).hitting(2), 5, 0, 80);

        assertThat(row.origins().keySet()).containsExactly("hit", "miss");
        assertThat(row.origins().get("hit").ttft().n()).isEqualTo(40);
        assertThat(row.origins().get("hit").ttft().max()).isLessThan(0.01);
        assertThat(row.origins().get("miss").ttft().p50().value()).isCloseTo(80, within(0.1));
    }

    @Test
    void aPercentileNeedsTenRequestsBeyondIt() {
        assertThat(row(new SimulatedServer(50, 0), 10, 0, 19).times().ttft().p50()).isNull();
        Row row = row(new SimulatedServer(50, 0), 10, 0, 20);
        assertThat(row.times().ttft().p50()).isNotNull();
        assertThat(row.times().ttft().p90()).isNull();
        assertThat(row.times().ttft().max()).isCloseTo(50, within(0.1));
        Row hundred = row(new SimulatedServer(50, 0), 10, 0, 100);
        assertThat(hundred.times().ttft().p90()).isNotNull();
        assertThat(hundred.times().ttft().p99()).isNull();
    }

    @Test
    void aWrongTextIsWhatTheRowIs() {
        Row row = row(new SimulatedServer(50, 0), 10, 0, 20);

        assertThat(row.wrong()).isNull();
        assertThat(row.compared(0, null).state()).isEqualTo(RowState.OK);
        Row wrong = row.compared(3, "3 texts differ");
        assertThat(wrong.state()).isEqualTo(RowState.WRONG_OUTPUT);
        assertThat(wrong.reason()).isEqualTo("3 texts differ");
        assertThat(wrong.isRanked()).isFalse();
    }

    @Test
    void theKneeIsTheHighestRateThatIsSteadyAndGood() {
        Row slow = row(new SimulatedServer(50, 0), 5, 0, 40);
        Row fast = row(new SimulatedServer(50, 0), 15, 0, 40);
        Row tooFast = row(new SimulatedServer(50, 0), 30, 0, 40);

        assertThat(LoadResult.knee(List.of(slow, fast, tooFast))).isEqualTo(15);
        assertThat(LoadResult.knee(List.of(slow, fast.compared(1, "wrong")))).isEqualTo(5);
        assertThat(LoadResult.knee(List.of(tooFast))).isNull();
    }
}
