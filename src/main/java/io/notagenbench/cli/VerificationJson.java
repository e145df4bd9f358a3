package io.notagenbench.cli;

import io.notagenbench.checkpoint.Weights;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.results.Verification;
import java.util.List;

/** What {@code verify} found, in the form that {@code report} reads. */
final class VerificationJson {

    private VerificationJson() {
    }

    /**
     * @param parameters those of the texts
     * @param context    patches of the given context
     */
    static Verification of(Weights weights, Parameters parameters, int context, List<ArmCheck> checks) {
        return new Verification(parameters.text(Parameter.MODEL), weights.hash(), parameters.text(Parameter.DEVICE),
                parameters.text(Parameter.PROVIDER), parameters.text(Parameter.THREADS), parameters.seed(), parameters.whole(Parameter.PATCH_LENGTH), parameters.whole(Parameter.PATCHES), context,
                checks.stream().map(VerificationJson::arm).toList());
    }

    private static Verification.Arm arm(ArmCheck check) {
        return new Verification.Arm(check.backend().label(), check.decoding().label(), check.precision().label(),
                check.hiddenError(), check.logitError(), check.loss().divergence(), check.loss().agreement(), check.sameText(),
                VerificationTable.difference(check), check.seconds(), check.passes());
    }
}
