package io.notagenbench.benchmark.state;

import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.load.Arrivals;
import io.notagenbench.load.LoadCell;
import io.notagenbench.load.LoadRun;
import io.notagenbench.load.LoadSettings;
import io.notagenbench.load.Popularity;
import io.notagenbench.load.Quantiles;
import io.notagenbench.load.Row;
import io.notagenbench.load.RowState;
import io.notagenbench.load.ServiceUnderTest;
import io.notagenbench.results.ServiceCounters;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A service in a process of its own, and a schedule of requests for it. */
@State(Scope.Benchmark)
public class ScheduleState {

    private static final List<Integer> LENGTHS = List.of(16, 32, 64);
    private static final double BUFFER_SECONDS = 2;
    private static final double MILLIS = 1e3;

    /**
     * Requests a second, with Poisson arrivals: a number, or a percentage of the texts a second that as many clients get as pieces are
     * decoded together, which each fork measures first; {@code closed} is these clients.
     */
    @Param({"closed", "50%", "80%", "100%"})
    public String rate;

    /** Pieces that the service decodes together. */
    @Param("4")
    public String batch;

    /** Where the service keeps texts: {@code none}, {@code caffeine} or {@code redis}. */
    @Param({"none", "caffeine", "redis"})
    public String cache;

    /** Which pieces are asked for: {@code unique}, {@code repeat:0.5} or {@code zipf:0.9:1000}. */
    @Param(LoadCell.DEFAULT_POPULARITY)
    public String popularity;

    /** Measured requests. */
    @Param(LoadCell.DEFAULT_REQUESTS)
    public String requests;

    /** What a good request meets, as {@code --slo} of the command load takes it. */
    @Param(LoadCell.DEFAULT_SLO)
    public String slo;

    private ServiceUnderTest service;
    private LoadCell cell;
    private LoadRun run;
    private boolean sent;

    /** Starts the service, and measures what percentages are of. */
    @Setup(Level.Trial)
    public void start(ServiceState engine) {
        cell = new LoadCell(rate, popularity, requests, slo);
        service = engine.start(Integer.parseInt(batch), cache);
        LoadSettings settings = new LoadSettings(engine.parameters(), LENGTHS, List.of(cell.load(Integer.parseInt(batch))),
                Arrivals.POISSON, Popularity.of(popularity), cell.phases(), cell.level(), BUFFER_SECONDS, 0);
        run = new LoadRun(settings, service.uri(), "", System.out::println, Optional.empty());
        run.prepare();
    }

    /** Sends the requests and waits for their ends. */
    public int send() {
        run.send(cell.load(Integer.parseInt(batch)));
        sent = true;
        return cell.phases().steady();
    }

    /**
     * Counts what came back, and compares every text with that of the engine alone.
     *
     * @throws Fault (failed) that begins with {@code WRONG_OUTPUT} if one differs
     */
    @TearDown(Level.Iteration)
    public void count(ServiceCounters counters) {
        if (!sent) {
            return;
        }
        sent = false;
        run.keep();
        List<Row> rows = run.compare().rows();
        Row row = rows.get(rows.size() - 1);
        if (row.state() == RowState.WRONG_OUTPUT || row.state() == RowState.ERROR) {
            throw Fault.failed(row.state() == RowState.ERROR ? Outcome.ERROR : Outcome.WRONG_OUTPUT,
                    row.reason() + (row.error() == null ? "" : ": " + row.error()));
        }
        count(row, counters);
    }

    private static void count(Row row, ServiceCounters counters) {
        counters.requests = row.requests();
        counters.whole = row.whole();
        counters.rejected = row.rejected();
        counters.errors = row.errors();
        counters.offeredRate = row.rate() == null ? 0 : row.rate();
        counters.textRate = row.throughput();
        counters.patchRate = row.patches();
        counters.good = Math.round(row.goodput() * row.requests());
        counters.streams = row.streams();
        counters.playable = row.playable() == null ? 0 : Math.round(row.playable() * row.streams());
        counters.firstPatchMedianSeconds = seconds(row.times().ttft().p50());
        counters.firstPatchNinetySeconds = seconds(row.times().ttft().p90());
        counters.firstPatchWorstSeconds = worst(row.times().ttft());
        counters.queueMedianSeconds = seconds(row.times().queue().p50());
        counters.gapMedianSeconds = seconds(row.times().gap().p50());
        counters.totalMedianSeconds = seconds(row.times().total().p50());
        counters.totalWorstSeconds = worst(row.times().total());
        counters.lagWorstSeconds = worst(row.lag());
        counters.saturated = row.state() == RowState.SATURATED ? 1 : 0;
        counters.late = row.state() == RowState.LOAD_GENERATOR_LATE ? 1 : 0;
        Optional.ofNullable(row.origins().get("hit")).ifPresent(hits -> {
            counters.hits = hits.total().n();
            counters.hitMedianSeconds = seconds(hits.total().p50());
            counters.hitWorstSeconds = worst(hits.total());
        });
        Optional.ofNullable(row.origins().get("miss")).or(() -> Optional.ofNullable(row.origins().get("bypass")))
                .ifPresent(misses -> counters.missMedianSeconds = seconds(misses.total().p50()));
    }

    private static double seconds(Quantiles.Quantile quantile) {
        return quantile == null ? 0 : quantile.value() / MILLIS;
    }

    private static double worst(Quantiles quantiles) {
        return quantiles.max() == null ? 0 : quantiles.max() / MILLIS;
    }

    /** Stops the service. */
    @TearDown(Level.Trial)
    public void stop() {
        service.close();
    }
}
