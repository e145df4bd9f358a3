package io.notagenbench.engine.pytorch;

import ai.djl.Model;
import ai.djl.pytorch.engine.PtModel;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import io.notagenbench.engine.Device;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Has PyTorch compile the source of a TorchScript class. */
final class CompiledScript {

    private CompiledScript() {
    }

    /**
     * An object of the class on a device, to be closed.
     *
     * @param device     a single one
     * @param name       of the class
     * @param script     its source
     * @param attributes whole numbers that the object has
     */
    static PtModel load(Device device, String name, String script, Map<String, Integer> attributes) {
        PtModel model = (PtModel) Model.newInstance(name, RequestedDevice.of(device), "PyTorch");
        try {
            // PtModel.load would first make a folder for temporary files that nothing uses
            PtSymbolBlock block = JniUtils.loadModule((PtNDManager) model.getNDManager(),
                    new ByteArrayInputStream(ScriptArchive.of(name, script, attributes)), false, false);
            block.freezeParameters(true);
            model.setBlock(block);
            return model;
        } catch (IOException e) {
            model.close();
            throw new UncheckedIOException("an array cannot be read", e);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }
}
