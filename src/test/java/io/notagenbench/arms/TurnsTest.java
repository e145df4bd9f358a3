package io.notagenbench.arms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final List<String> ALL = List.of("a", "b", "c", "d", "e");

    /** One turn as a word: round, position and name. */
    private static List<String> turns(int rounds, long seed) {
        List<String> turns = new ArrayList<>();
        new Turns(rounds, seed).run(ALL, round -> turns.add("round " + round),
                (name, round, position) -> turns.add(round + "." + position + " " + name));
        return turns;
    }

    private static List<String> order(List<String> turns, int round) {
        return turns.stream().filter(turn -> turn.startsWith(round + ".")).map(turn -> turn.split(" ")[1]).toList();
    }

    @Test
    void everyoneTakesOneTurnInEachRound() {
        List<String> turns = turns(3, 7);
        for (int round = 1; round <= 3; round++) {
            assertThat(order(turns, round)).containsExactlyInAnyOrderElementsOf(ALL);
        }
        assertThat(turns.stream().map(turn -> turn.split(" ")[0].equals("round") ? turn : turn.split(" ")[0]))
                .containsExactly("round 1", "1.1", "1.2", "1.3", "1.4", "1.5", "round 2", "2.1", "2.2", "2.3", "2.4",
                "2.5",
                        "round 3", "3.1", "3.2", "3.3", "3.4", "3.5");
    }

    @Test
    void theOrderChangesFromRoundToRound() {
        List<String> turns = turns(20, 7);
        assertThat(IntStream.rangeClosed(1, 20).mapToObj(round -> order(turns, round)).distinct().count())
                .isGreaterThan(10);
        assertThat(IntStream.rangeClosed(1, 20).mapToObj(round -> order(turns, round).get(0)).distinct())
                .containsExactlyInAnyOrderElementsOf(ALL);
    }

    @Test
    void aSeedRepeatsTheOrders() {
        assertThat(turns(4, 7)).isEqualTo(turns(4, 7)).isNotEqualTo(turns(4, 8));
    }
}
