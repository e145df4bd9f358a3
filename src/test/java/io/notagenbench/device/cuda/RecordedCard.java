package io.notagenbench.device.cuda;

import java.util.ArrayList;
import java.util.List;

/** A card that answers what was written down for it, so that what is made of the answers can be tested without one. */
public final class RecordedCard implements NvmlDevice {

    public DeviceMemory memory = new DeviceMemory(8L << 30, 8L << 30);
    public List<ComputeProcess> processes = new ArrayList<>();
    public int utilisation;
    public long millijoules;
    public long milliwatts;
    public int smMegahertz;
    public int memoryMegahertz;
    public int celsius;
    public long throttleReasons;

    @Override
    public String name() {
        return "NVIDIA GeForce RTX 3070";
    }

    @Override
    public DeviceMemory memory() {
        return memory;
    }

    @Override
    public List<ComputeProcess> processes() {
        return processes;
    }

    @Override
    public int utilisationPercent() {
        return utilisation;
    }

    @Override
    public long energyMillijoules() {
        return millijoules;
    }

    @Override
    public long powerMilliwatts() {
        return milliwatts;
    }

    @Override
    public int smMegahertz() {
        return smMegahertz;
    }

    @Override
    public int memoryMegahertz() {
        return memoryMegahertz;
    }

    @Override
    public int celsius() {
        return celsius;
    }

    @Override
    public long throttleReasons() {
        return throttleReasons;
    }
}
