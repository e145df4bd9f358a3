package io.notagenbench.engine.pytorch;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.pytorch.engine.PtModel;
import io.notagenbench.engine.Device;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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
        PtModel model = (PtModel) Model.newInstance(name, AskedDevice.of(device), "PyTorch");
        try {
            model.load(new ByteArrayInputStream(ScriptArchive.of(name, script, attributes)), Map.of());
            return model;
        } catch (IOException | MalformedModelException e) {
            model.close();
            throw new IllegalStateException("PyTorch does not take the script", e);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }
}
