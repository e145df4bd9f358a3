package io.notagenbench.arms;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.params.Precision;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArmCheckTest {

    private static final Arm EXACT = Arm.parse("onnx/fp32/cached");

    @Test
    void anErrorBeyondRoundingFails() {
        assertThat(arm(1e-5, true, Optional.empty()).passes()).isTrue();
        assertThat(arm(3e-5, true, Optional.empty()).passes()).isFalse();
        assertThat(arm(Double.POSITIVE_INFINITY, true, Optional.empty()).passes()).isFalse();
    }

    @Test
    void anotherTextIsADefectUnlessTheDrawWasAtABoundary() {
        assertThat(arm(0, false, Optional.of(new DrawLog.Divergence(3, 65, 66, 9e-6))).passes()).isTrue();
        assertThat(arm(0, false, Optional.of(new DrawLog.Divergence(3, 65, 66, 2e-5))).passes()).isFalse();
        assertThat(arm(0, false, Optional.empty()).passes()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void aModelThatLosesTooMuchIsAnotherModel(Precision precision) {
        Arm arm = Arm.parse("onnx/" + precision.label() + "/cached");
        double allowed = PrecisionLoss.allowedDivergence(precision);
        assertThat(new ArmCheck(arm, new PrecisionLoss(allowed, 0.8), 0, 0, 1, true, Optional.empty(), 1).passes())
                .isTrue();
        assertThat(new ArmCheck(arm, new PrecisionLoss(1.01 * allowed, 0.8), 0, 0, 1, true, Optional.empty(), 1)
                .passes()).isFalse();
        assertThat(new ArmCheck(arm, new PrecisionLoss(Double.NaN, 0.8), 0, 0, 1, true, Optional.empty(), 1).passes())
                .isFalse();
    }

    @Test
    void aReducedPrecisionMayHaveErrorsAndAnotherText() {
        assertThat(new ArmCheck(Arm.parse("onnx/int8/cached"), new PrecisionLoss(0.04, 0.9), 1, 1, 1, false,
                Optional.empty(), 1)
                .passes()).isTrue();
    }

    @Test
    void theDifferenceIsSaidOnlyOfAnotherText() {
        DrawLog.Divergence divergence = new DrawLog.Divergence(3, 'A', '\n', 9e-6);
        assertThat(arm(0, false, Optional.of(divergence)).difference()).isEqualTo("draw 3: #10, not A, margin 9.0e-06");
        assertThat(arm(0, true, Optional.of(divergence)).difference()).isEmpty();
    }

    private static ArmCheck arm(double error, boolean sameText, Optional<DrawLog.Divergence> divergence) {
        return new ArmCheck(EXACT, new PrecisionLoss(0, 1), error, error, 1, sameText, divergence, 1);
    }
}
