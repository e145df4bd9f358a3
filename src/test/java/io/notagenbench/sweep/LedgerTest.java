package io.notagenbench.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.device.KillSource;
import io.notagenbench.device.OomKills;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.results.BegunFork;
import io.notagenbench.results.Cell;
import io.notagenbench.results.ForkRow;
import io.notagenbench.results.ForkRun;
import io.notagenbench.results.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep knows of forks that an earlier one began. */
class LedgerTest {

    private static final Cell CELL = new Cell("a.B.c", Map.of("topK", "3"), Map.of("f", "2"));

    @TempDir
    Path temporary;

    private RunFolder folder;

    @BeforeEach
    void folder() throws IOException {
        folder = new RunFolder(temporary.resolve("run"));
        folder.create();
    }

    private Ledger open(Outcome... retry) throws IOException {
        return Ledger.open(folder, new Allocation(Map.of(1, CELL), Optional.empty(), 1), Set.of(retry));
    }

    private static ForkRow ended(int round, Outcome outcome) throws IOException {
        JsonNode result = new ObjectMapper().readTree("{\"mode\":\"avgt\",\"primaryMetric\":{\"score\":1.5,\"scoreUnit\":\"ms/op\","
                + "\"rawData\":[[1.5]]}}");
        return new ForkRow(1, new ForkRun(round, 1, "then", 1, null, null, null), outcome, outcome == Outcome.OK ? "" : "no luck", null, null,
                outcome == Outcome.OK ? result : null);
    }

    /** What the death of the sweep leaves: nobody closes anything. */
    private void dieIn(int round) throws IOException {
        open().begin(1, round);
    }

    private int timesLost(int round) throws IOException {
        try (Ledger ledger = open()) {
            return ledger.lost(1, round).size();
        }
    }

    @Test
    void aForkThatBeganAndNeverEndedIsCounted() throws IOException {
        assertThat(timesLost(1)).isZero();
        for (int i = 1; i <= 3; i++) {
            dieIn(1);
            assertThat(timesLost(1)).isEqualTo(i);
            assertThat(timesLost(2)).isZero();
        }
    }

    @Test
    void theLineIsOnTheDiskBeforeTheForkRuns() throws IOException {
        dieIn(1);
        assertThat(Files.readString(folder.path().resolve(RunFolder.FORKS))).endsWith("\n").contains("\"number\":1", "\"round\":1", "\"begun\":\"20",
                "\"topK\":\"3\"", "\"kills\":{");
    }

    @Test
    void aForkThatEndedIsNotLostHowever() throws IOException {
        try (Ledger ledger = open()) {
            ledger.begin(1, 1);
            ledger.add(ended(1, Outcome.OK));
            ledger.begin(1, 2);
            ledger.add(ended(2, Outcome.ERROR));
        }
        assertThat(timesLost(1)).isZero();
        assertThat(timesLost(2)).isZero();
    }

    @Test
    void aSweepThatEndsInGoodOrderDoesNotCount() throws IOException {
        dieIn(1);
        try (Ledger ledger = open()) {
            ledger.begin(1, 1);
        }
        assertThat(timesLost(1)).isEqualTo(1);
        try (Ledger ledger = open()) {
            ledger.begin(1, 1);
            assertThat(ledger.interrupt("Ctrl-C")).isTrue();
            assertThat(ledger.add(ended(1, Outcome.ERROR))).as("what dies with it").isEmpty();
            ledger.begin(1, 1);
        }
        assertThat(timesLost(1)).isEqualTo(1);
    }

    @Test
    void whatItGaveAfterAllEndsTheCount() throws IOException {
        dieIn(1);
        try (Ledger ledger = open()) {
            ledger.begin(1, 1);
            ledger.add(ended(1, Outcome.OK));
        }
        assertThat(timesLost(1)).isZero();
        assertThat(Files.readString(folder.path().resolve(RunFolder.FORKS))).as("the next sweep writes what counts alone").doesNotContain("begun");
    }

    @Test
    void aRetriedCellStartsAnew() throws IOException {
        dieIn(1);
        dieIn(1);
        try (Ledger ledger = open()) {
            ForkEnd end = ForkEnd.lost(ledger.lost(1, 1));
            assertThat(end.outcome()).isIn(Outcome.NATIVE_CRASH, Outcome.OOM_HOST);
            assertThat(ledger.add(new ForkRow(1, ended(1, Outcome.ERROR).run(), end.outcome(), end.reason(), null, null, null)))
                    .isPresent();
        }
        try (Ledger ledger = open()) {
            assertThat(ledger.hasRow(1)).isTrue();
        }
        try (Ledger ledger = open(Outcome.NATIVE_CRASH, Outcome.OOM_HOST)) {
            assertThat(ledger.hasRow(1)).isFalse();
            assertThat(ledger.lost(1, 1)).isEmpty();
        }
    }

    @Test
    void aLostForkOfAnotherPlanIsRefused() throws IOException {
        dieIn(1);
        Cell other = new Cell("a.B.c", Map.of("topK", "5"), Map.of("f", "2"));
        assertThatThrownBy(() -> Ledger.open(folder, new Allocation(Map.of(1, other), Optional.empty(), 1), Set.of())).isInstanceOf(Fault.class)
                .hasMessageContaining("holds a run of another plan");
    }

    @Test
    void theReasonSaysWhatTheKernelTells() {
        OomKills kills = new OomKills("boot", Map.of(), 1L);
        BegunFork killed = new BegunFork(1, 1, "2026-01-01T00:00:00Z", CELL, kills, KillSource.KERNEL);
        BegunFork other = new BegunFork(1, 1, "2026-01-02T00:00:00Z", CELL, kills, KillSource.OTHER);
        BegunFork unknown = new BegunFork(1, 1, "2026-01-03T00:00:00Z", CELL, kills, KillSource.UNKNOWN);
        assertThat(ForkEnd.lost(List.of(other, killed)).outcome()).isEqualTo(Outcome.OOM_HOST);
        assertThat(ForkEnd.lost(List.of(other, killed)).reason()).contains("2026-01-02T00:00:00Z, 2026-01-01T00:00:00Z",
                "ended processes for lack of memory", "--retry OOM_HOST");
        assertThat(ForkEnd.lost(List.of(other, other)).outcome()).isEqualTo(Outcome.NATIVE_CRASH);
        assertThat(ForkEnd.lost(List.of(other, unknown)).outcome()).isEqualTo(Outcome.OOM_HOST);
        assertThat(ForkEnd.lost(List.of(other, unknown)).reason()).contains("the kernel does not tell");
    }

    @Test
    void aKillerThatWasFoundIsKept() {
        BegunFork begun = new BegunFork(1, 1, "then", CELL, new OomKills("boot", Map.of(), 1L), null);
        BegunFork lost = begun.lost(new OomKills("boot", Map.of(), 2L));
        assertThat(lost.lostTo()).isEqualTo(KillSource.KERNEL);
        assertThat(lost.lost(new OomKills("another", Map.of(), 0L))).isEqualTo(lost);
    }
}
