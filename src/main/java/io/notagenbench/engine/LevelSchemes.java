package io.notagenbench.engine;

import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.quantisation.GroupScheme;

/**
 * How the linear layers of a model are rounded. The levels may differ, since their calls do: the patch level mostly
 * gets one row, the char level several.
 *
 * @param patchLevel for the layers of the patch level
 * @param charLevel  for those of the char level
 */
public record LevelSchemes(GroupScheme patchLevel, GroupScheme charLevel) {

    /** One scheme for both levels. */
    public static LevelSchemes both(GroupScheme scheme) {
        return new LevelSchemes(scheme, scheme);
    }

    /** The scheme of the weight of a linear layer. */
    public GroupScheme of(TensorSpec weight) {
        return weight.isOfCharLevel() ? charLevel : patchLevel;
    }

    /** A name for files. */
    public String label() {
        return patchLevel.equals(charLevel) ? patchLevel.label() : patchLevel.label() + "+" + charLevel.label();
    }
}
