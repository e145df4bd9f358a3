package io.notagenbench.engine;

import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.TensorSpec;
import java.util.List;

/**
 * What of a model one device holds: whole layers, in the order in which a pass runs them. A model that is split is cut
 * once, where half of the layers lie on either side, but never behind the patch level: hidden states cross the cut once
 * for every pass of the patch level; they would cross a cut within the char level for every character.
 *
 * @param model       sizes of the whole model
 * @param firstLayer  first layer of the patch level here
 * @param patchLayers layers of the patch level here
 * @param isLast      whether what follows is here, too: the final norm of the patch level and the char level
 */
public record ModelPart(ModelConfig model, int firstLayer, int patchLayers, boolean isLast) {

    /** Before the layers: embedding, its bias and positions. */
    private static final int FIRST_TENSORS = 3;

    /** Returns the part that is the whole model. */
    public static ModelPart whole(ModelConfig model) {
        return new ModelPart(model, 0, model.patchLayers(), true);
    }

    /** What each part of a device holds, in the order of {@link Device#parts}. */
    public static List<ModelPart> of(ModelConfig model, Device device) {
        if (!device.isSplit()) {
            return List.of(whole(model));
        }
        int half = (model.patchLayers() + model.charLayers() + 1) / 2;
        int cut = Math.min(model.patchLayers(), half);
        return List.of(new ModelPart(model, 0, cut, false), new ModelPart(model, cut, model.patchLayers() - cut, true));
    }

    /** Whether the embedding of the patches is here. */
    public boolean isFirst() {
        return firstLayer == 0;
    }

    /** Layers of the char level here. */
    public int charLayers() {
        return isLast ? model.charLayers() : 0;
    }

    /** Its tensors, in the order of {@link TensorSpec#all}. */
    public List<TensorSpec> tensors() {
        List<TensorSpec> all = TensorSpec.all(model);
        return all.subList(isFirst() ? 0 : tensorsBefore(firstLayer),
                isLast ? all.size() : tensorsBefore(firstLayer + patchLayers));
    }

    private static int tensorsBefore(int layer) {
        return FIRST_TENSORS + TensorSpec.BLOCK_TENSORS * layer;
    }
}
