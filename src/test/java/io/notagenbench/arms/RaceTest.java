package io.notagenbench.arms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.engine.DecodeCost;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RaceTest {

    private static final Parameters WORK = Parameters.defaults().with(Parameter.WORK, "long")
            .with(Parameter.THREADS, "1")
            .with(Parameter.PATCHES, "7").with(Parameter.PATCH_LENGTH, "32");
    private static final Arm CACHED = Arm.parse("onnx/fp32/cached");
    private static final Arm RECOMPUTE = Arm.parse("onnx/fp32/recompute");

    @Test
    void roundsShareThePatchesAndAllArmsDecodeTheSame() {
        List<String> progress = new ArrayList<>();
        RaceResult result = new Race(WORK, List.of(RECOMPUTE, CACHED), List.of(32, 48), List.of(1), 60, 3)
                .run(progress::add);
        assertThat(result.passes()).isTrue();
        assertThat(result.rows()).extracting(row -> row.patchLength() + " " + row.arm()).containsExactly(
                "32 onnx/fp32/recompute", "32 onnx/fp32/cached", "48 onnx/fp32/recompute", "48 onnx/fp32/cached");
        assertThat(result.rows()).allSatisfy(row -> {
            assertThat(row.turns()).extracting(RaceResult.Turn::patches).containsExactly(2, 2, 3);
            assertThat(row.match()).isEqualTo(Match.SAME);
            assertThat(row.fastest()).isLessThanOrEqualTo(row.milliseconds());
            assertThat(row.slowest()).isGreaterThanOrEqualTo(row.milliseconds());
        });
        // both are at the same place of the piece, and only one of them keeps what it has computed
        RaceResult.Row recompute = result.rows().get(0);
        RaceResult.Row cached = result.rows().get(1);
        assertThat(cached.turns()).extracting(RaceResult.Turn::context)
                .isEqualTo(recompute.turns().stream().map(RaceResult.Turn::context).toList());
        assertThat(cached.turns().get(0).cost().operations())
                .isLessThan(0.3 * recompute.turns().get(0).cost().operations());
        assertThat(recompute.ratio()).isEqualTo(1);
        assertThat(result.loads()).containsOnlyKeys("onnx/fp32/recompute", "onnx/fp32/cached");
        assertThat(progress).contains("round 1 of 3", "round 3 of 3").doesNotContain("round 4 of 3");
    }

    /** The trace overrules what is drawn, but other draws show that an arm computes something else. */
    @Test
    void anArmThatDrawsOtherCharactersIsNoticed() {
        GenerationSettings piece = GenerationSettings.of(WORK).endless();
        GenerationSettings otherDraws = GenerationSettings.of(WORK.with(Parameter.TEMPERATURE, "3")).endless();
        try (LoadedModels models = new LoadedModels(sentence -> { })) {
            LoadedArm loaded = models.load(CACHED, WORK);
            try (RacingArm one = new RacingArm(loaded, piece, 40); RacingArm same = new RacingArm(loaded, piece, 40);
                    RacingArm other = new RacingArm(loaded, otherDraws, 40)) {
                for (RacingArm arm : List.of(one, same, other)) {
                    arm.warmUp();
                    arm.turn(5);
                }
                assertThat(one.draws().sameAs(same.draws())).isTrue();
                assertThat(one.draws().sameAs(other.draws())).isFalse();
            }
        }
    }

    /** The header of the piece alone fills such a window. */
    @Test
    void aPieceThatEndsTooSoonSaysWhatToChange() {
        GenerationSettings piece = GenerationSettings.of(WORK.with(Parameter.PATCH_LENGTH, "8")).endless();
        try (LoadedModels models = new LoadedModels(sentence -> { });
                RacingArm arm = new RacingArm(models.load(CACHED, WORK), piece, 0)) {
            arm.warmUp();
            assertThatThrownBy(() -> arm.turn(20)).hasMessageStartingWith("arm onnx/fp32/cached could decode only ")
                    .hasMessageContaining("of the 20 patches of its turn with patchLength=8, because the piece ended (CONTEXT_FULL)")
                    .hasMessageContaining("smaller --skip");
        }
    }

    @Test
    void anExactArmWithOtherDrawsFails() {
        assertThat(result(true, true).passes()).isTrue();
        assertThat(result(false, true).passes()).isFalse();
        assertThat(result(false, false).passes()).isTrue();
        assertThat(result(false, false).rows().get(0).match()).isEqualTo(Match.OTHER);
    }

    /** On processors with AMX, PyTorch multiplies one row in bf16 more slowly than in fp32. */
    @Test
    void aRoundedArmThatIsNotFasterHasAnExactOneInstead() {
        RaceResult.Row exact = row(32, 1, "pytorch/fp32/cached", 376, true);
        RaceResult.Row slower = row(32, 1, "pytorch/bf16/cached", 425, false);
        RaceResult.Row faster = row(32, 1, "pytorch/int8/cached", 100, false);
        RaceResult.Row otherDecoding = row(32, 1, "pytorch/bf16/speculative", 425, false);
        RaceResult.Row otherWindow = row(64, 1, "pytorch/bf16/cached", 425, false);
        RaceResult.Row otherThreads = row(32, 2, "pytorch/bf16/cached", 425, false);
        RaceResult result = new RaceResult("tiny", "long", 0, 10, Map.of(),
                List.of(exact, slower, faster, otherDecoding, otherWindow, otherThreads));

        assertThat(result.exactInstead(slower)).contains(exact);
        assertThat(List.of(exact, faster, otherDecoding, otherWindow, otherThreads))
                .allSatisfy(row -> assertThat(result.exactInstead(row)).as(row.arm()).isEmpty());
    }

    private static RaceResult.Row row(int window, int threads, String arm, double milliseconds, boolean exact) {
        return new RaceResult.Row(window, threads, arm, milliseconds, milliseconds, milliseconds, 1, 1, 1, 8, exact, exact, List.of());
    }

    private static RaceResult result(boolean sameDraws, boolean exact) {
        RaceResult.Turn turn = new RaceResult.Turn(1, 8, 1, DecodeCost.NOTHING);
        return new RaceResult("tiny", "long", 0, 10, Map.of(),
                List.of(new RaceResult.Row(32, 1, "onnx/fp32/cached", 1, 1, 1, 1, 1, 1, 8, sameDraws, exact,
                List.of(turn))));
    }
}
