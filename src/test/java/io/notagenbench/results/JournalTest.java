package io.notagenbench.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    @TempDir
    Path folder;

    private static CellRow row(int number, Outcome outcome) {
        return new CellRow(number, "a.B.c", Map.of("context", "8"), Map.of("f", "1"), outcome,
                outcome == Outcome.OK ? "" : "It \"ended\"\nbadly.", 1.5, outcome == Outcome.OK ? 2.0 : null,
                outcome == Outcome.OK ? "ms/op" : null, outcome == Outcome.OK ? "NVIDIA L40S at 0000:65:00.0" : null);
    }

    @Test
    void rowsComeBackAsTheyWereWritten() throws IOException {
        Path file = folder.resolve("journal.jsonl");
        try (Journal<CellRow> journal = Journal.start(file, List.of(row(1, Outcome.OK)))) {
            journal.append(row(2, Outcome.TIMEOUT));
            assertThat(Files.readAllLines(file)).hasSize(2);
        }
        assertThat(Journal.read(file, CellRow.class)).extracting(Journal.Line::value).containsExactly(row(1, Outcome.OK), row(2, Outcome.TIMEOUT));
    }

    @Test
    void aTornLastLineIsLeftOut() throws IOException {
        Path file = folder.resolve("journal.jsonl");
        try (Journal<CellRow> journal = Journal.start(file, List.of(row(1, Outcome.OK)))) {
            journal.append(row(2, Outcome.OK));
        }
        byte[] whole = Files.readAllBytes(file);
        for (int torn : new int[] {1, 20, whole.length / 2 - 1}) {
            Files.write(file, Arrays.copyOf(whole, whole.length - torn));
            assertThat(Journal.read(file, CellRow.class)).extracting(Journal.Line::value).containsExactly(row(1, Outcome.OK));
        }
    }

    @Test
    void aDamagedLineInTheMiddleIsNamed() throws IOException {
        Path file = folder.resolve("journal.jsonl");
        Files.writeString(file, "{\"benchmark\":\n{}\n", StandardOpenOption.CREATE);
        assertThatThrownBy(() -> Journal.read(file, CellRow.class)).isInstanceOf(Fault.class).hasMessageContaining("line 1");
    }
}
