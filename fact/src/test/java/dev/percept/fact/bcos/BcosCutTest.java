package dev.percept.fact.bcos;

import dev.percept.core.DifferentiableSplitModel;
import dev.percept.core.DynamicLinearModel;
import dev.percept.testkit.DifferentiableSplitModelContract;
import org.junit.jupiter.api.Nested;

/** The contracts, in both ways to differentiate. */
class BcosCutTest {
  private static DynamicLinearModel cut(BcosSpec spec, String layer) {
    return Networks.open(spec).cut(layer);
  }

  @Nested
  class LastFeatures extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      return cut(Networks.small(), "layer2");
    }
  }

  @Nested
  class MidNetworkExplained extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      return OwningView.of(cut(Networks.small(), "layer1.0"));
    }
  }

  @Nested
  class Unusual extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      return cut(Networks.unusual(), "stem");
    }
  }

  @Nested
  class UnusualExplained extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      return OwningView.of(cut(Networks.unusual(), "layer2.0"));
    }
  }

  @Nested
  class ThreeColours extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      return new ThreeChannels(cut(Networks.small(), "layer1"));
    }
  }
}
