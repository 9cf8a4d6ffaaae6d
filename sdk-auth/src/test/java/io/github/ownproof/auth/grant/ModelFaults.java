package io.github.ownproof.auth.grant;

import io.github.ownproof.auth.grant.ModelAction.Fault;

/** What fails while an action of the model is played. */
record ModelFaults(DeskRig rig, ModelTown town) {

  void begin(Fault fault) {
    FaultyStore.Fault none = FaultyStore.Fault.NONE;
    FaultyStore.Fault before = FaultyStore.Fault.BEFORE;
    FaultyStore.Fault after = FaultyStore.Fault.AFTER;
    switch (fault) {
      case NONE -> {}
      case TRAIL_DOWN -> rig.trail.down(true);
      case TRAIL_FIRST -> rig.trail.failAt(1);
      case TRAIL_SECOND -> rig.trail.failAt(2);
      case TRAIL_THIRD -> rig.trail.failAt(3);
      case STORE_DOWN -> rig.store.down(true);
      case STORE_BEFORE_FIRST -> rig.store.plan(before);
      case STORE_BEFORE_SECOND -> rig.store.plan(none, before);
      case STORE_BEFORE_THIRD -> rig.store.plan(none, none, before);
      case STORE_AFTER_FIRST -> rig.store.plan(after);
      case STORE_AFTER_SECOND -> rig.store.plan(none, after);
      case STORE_AFTER_THIRD -> rig.store.plan(none, none, after);
      case EPOCHS_DOWN -> rig.epochs.down(true);
      case CUSTOMERS_DOWN -> town.down(true);
    }
  }

  void end() {
    rig.trail.heal();
    rig.store.down(false);
    rig.store.plan();
    rig.epochs.down(false);
    town.down(false);
  }
}
