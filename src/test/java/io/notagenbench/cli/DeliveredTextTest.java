package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.abc.Music;
import io.notagenbench.abc.RestRestorer;
import io.notagenbench.fault.Outcome;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.ReferenceText;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is delivered of a piece that was stopped anywhere. */
class DeliveredTextTest {

    private static Piece piece(ReferenceText reference, String raw, Outcome outcome, boolean ended) {
        return new Piece(reference.settings().prompt(), raw, new int[0], 0, new int[0], outcome, Optional.empty(), ended,
                new Piece.Work(0, 0, 0, 0, 0, 0, 0, 0, 0, 0), new Piece.Times(0, Optional.empty(), Optional.empty(), 0));
    }

    private static long bars(String text) {
        return text.lines().filter(line -> line.contains("[V:")).count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyboard-64", "chamber-48-k15", "choral-64", "keyboard-100-hot"})
    void aPieceThatIsStoppedAnywhereIsTheBeginningOfTheWholeOne(String name) {
        ReferenceText reference = ReferenceText.load(name);
        String raw = reference.raw();
        int body = raw.indexOf("[r:");
        int firstBar = raw.indexOf('\n', body) + 1;
        for (int end = firstBar; end <= raw.length(); end++) {
            DeliveredText text = DeliveredText.of(piece(reference, raw.substring(0, end), Outcome.OK, false), false);

            assertThat(reference.abc()).startsWith(text.text());
            long whole = raw.substring(body, end).chars().filter(c -> c == '\n').count();
            assertThat(bars(text.text())).as("stopped after %d characters", end).isEqualTo(whole);
            assertThat(text.complaints()).isEmpty();
            assertThat(text.notes()).hasSize(raw.charAt(end - 1) == '\n' ? 0 : 1);
            assertThat(DeliveredText.stopped(raw.substring(0, end), false)).isEqualTo(text);
        }
    }

    @Test
    void aPieceThatIsStoppedBeforeItsFirstBarIsWholeIsDeliveredAsItIs() {
        ReferenceText reference = ReferenceText.load("choral-64");
        int firstBar = reference.raw().indexOf('\n', reference.raw().indexOf("[r:")) + 1;
        for (int end = 0; end < firstBar; end++) {
            String raw = reference.raw().substring(0, end);
            DeliveredText text = DeliveredText.of(piece(reference, raw, Outcome.OK, false), false);

            assertThat(text.text()).isEqualTo(raw);
            assertThat(text.complaints()).hasSize(1).first().asString().contains("no complete line of music");
        }
    }

    @ParameterizedTest
    @EnumSource(value = Outcome.class, names = {"TIMEOUT", "CONTEXT_FULL", "ERROR"})
    void anyOtherStopLeavesTheUnfinishedBarOutToo(Outcome outcome) {
        ReferenceText reference = ReferenceText.load("choral-64");
        String raw = reference.raw().substring(0, reference.raw().length() - 30);

        DeliveredText text = DeliveredText.of(piece(reference, raw, outcome, false), false);

        assertThat(reference.abc()).startsWith(text.text());
        assertThat(text.notes()).hasSize(1);
        assertThat(text.complaints()).hasSize(1).first().asString().contains(outcome.name());
    }

    @Test
    void theRawTextKeepsTheUnfinishedBar() {
        ReferenceText reference = ReferenceText.load("choral-64");
        String raw = reference.raw().substring(0, reference.raw().length() - 30);

        DeliveredText text = DeliveredText.of(piece(reference, raw, Outcome.OK, false), true);

        assertThat(text.text()).isEqualTo(raw);
        assertThat(text.notes()).isEmpty();
    }

    @Test
    void nothingIsLeftOutOfAPieceThatEndedByItself() {
        ReferenceText reference = ReferenceText.load("choral-64");
        String raw = reference.raw().stripTrailing();

        DeliveredText text = DeliveredText.of(piece(reference, raw, Outcome.OK, true), false);

        assertThat(text.text()).isEqualTo(RestRestorer.restore(raw)).isEqualTo(reference.abc());
        assertThat(text.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyboard-64", "chamber-48-k15", "choral-64"})
    void theBarsThatAreCountedAreThoseThatAreDelivered(String name) {
        ReferenceText reference = ReferenceText.load(name);
        for (int end = reference.raw().indexOf("[r:"); end <= reference.raw().length(); end++) {
            Piece stopped = piece(reference, reference.raw().substring(0, end), Outcome.OK, false);
            DeliveredText text = DeliveredText.of(stopped, false);

            Music counted = Music.of(stopped.music());
            assertThat(counted.bars()).isEqualTo(text.complaints().isEmpty() ? (int) bars(text.text()) : 0);
            if (counted.bars() > 0) {
                assertThat(counted).isEqualTo(Music.of(text.text()));
            }
        }
    }
}
