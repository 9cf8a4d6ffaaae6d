package io.github.ownproof.auth.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of everything anybody can do, with clocks that jump and stores, trails and
 * epochs that fail, played on a desk and on a simple model of what it has to be. How many: the
 * system property {@code ownproof.grants.sequences}; where to begin: {@code ownproof.grants.seed}.
 */
class SupportAccessModelTest {

  private static final int SEQUENCES = Integer.getInteger("ownproof.grants.sequences", 2_000);
  private static final long SEED = Long.getLong("ownproof.grants.seed", 20261122);

  @Test
  void randomLives_matchTheModel() {
    int permitted = 0;
    int granted = 0;
    for (int i = 0; i < SEQUENCES; i++) {
      long seed = SEED + i;
      List<ModelAction> actions = ModelAction.sequence(new SplittableRandom(seed));
      ModelWorld world = new ModelWorld(hasEpochs(seed));
      Throwable failure = play(world, actions);
      if (failure != null) {
        List<ModelAction> few = shortened(actions, seed);
        Throwable clearest = play(new ModelWorld(hasEpochs(seed)), few);
        throw new AssertionError(
            "Sequence " + seed + " breaks the model; the actions that do:\n" + lines(few),
            clearest == null ? failure : clearest);
      }
      permitted += world.permitted();
      granted += world.granted();
    }
    // A model that only sees refusals proves little.
    assertThat(granted).isGreaterThan(SEQUENCES / 2);
    assertThat(permitted).isGreaterThan(SEQUENCES / 5);
  }

  private static boolean hasEpochs(long seed) {
    return seed % 2 == 0;
  }

  private static @Nullable Throwable play(ModelWorld world, List<ModelAction> actions) {
    try {
      actions.forEach(world::play);
      return null;
    } catch (AssertionError | RuntimeException e) {
      return e;
    }
  }

  /** Leaves out one action after the other as long as the rest still fails. */
  private static List<ModelAction> shortened(List<ModelAction> actions, long seed) {
    List<ModelAction> few = new ArrayList<>(actions);
    boolean isShorter = true;
    while (isShorter) {
      isShorter = false;
      for (int i = few.size() - 1; i >= 0; i--) {
        List<ModelAction> fewer = new ArrayList<>(few);
        fewer.remove(i);
        if (play(new ModelWorld(hasEpochs(seed)), fewer) != null) {
          few = fewer;
          isShorter = true;
        }
      }
    }
    return few;
  }

  private static String lines(List<ModelAction> actions) {
    return String.join("\n", actions.stream().map(ModelAction::toString).toList());
  }
}
