package io.github.ownproof.auth.grant;

/**
 * Why a step or a read was refused: a closed list, each with an HTTP status and a sentence that
 * holds nothing of anybody's. Names do not change between releases; new ones may be added.
 */
public enum SupportRefusal {
  // Who acts.
  /** The token speaks for somebody else, whatever its verifier was told to accept. */
  IMPERSONATION(403, "the token says that somebody acts as somebody else; log in as yourself"),
  /** The token is not a person's access token. */
  NOT_A_PERSON(403, "only a person with an access token of their own can do this"),
  /** The token is past its end. */
  TOKEN_EXPIRED(401, "the login has expired; log in again"),
  /** Not one of support. */
  NOT_ENGINEER(403, "only support engineers may do this"),
  /** Not an administrator of this customer who may decide. */
  NOT_APPROVER(403, "only the customer's own approvers may do this"),
  /** Made approver after the request. */
  APPROVER_SINCE_REQUEST(403, "whoever approves must have been approver before the request"),
  /** The requester, or anybody of support. */
  SELF_APPROVAL(403, "nobody of support approves, least of all the requester"),
  /** The login is not strong or fresh enough. */
  STEP_UP(401, "approving takes a fresh, strong login: log in again and repeat"),
  /** Not the engineer the grant is for. */
  OTHER_ENGINEER(403, "the grant is for another engineer"),

  // What is asked.
  /** The customer is the company itself, or one of its own. */
  STAFF_ACCOUNT(403, "there is no support access to staff accounts"),
  /** The ticket's id has not the form the desk wants. */
  TICKET(400, "the ticket's id has not the form this desk wants"),
  /** A permission that is not a read, or that nobody knows. */
  NOT_READ_ONLY(403, "only permissions listed as reads are granted; ask for the read equivalent"),
  /** The customer's own record does not allow it. */
  NOT_IN_RECORD(403, "the customer's own access record does not allow this"),
  /** A service the desk does not know. */
  SERVICE(403, "the grant is not for this service"),
  /** Whole trees of resources, which the customer does not allow. */
  TOO_BROAD(403, "the customer allows only single resources, without what is below them"),
  /** Longer than the cap. */
  TOO_LONG(403, "it is longer than support access may last here"),
  /** An approval for more than was asked. */
  WIDENED(403, "an approval may narrow what was asked for, never widen it"),
  /** The same was asked too often. */
  TOO_MANY(429, "the same was asked for too often; talk to the customer"),

  // Where it is in its life.
  /** No such request or grant. */
  NOT_FOUND(404, "there is no such request"),
  /** Not approved yet. */
  PENDING(409, "the customer has not approved yet"),
  /** Granted already, so it cannot be denied; revoke it. */
  ALREADY_GRANTED(409, "it is granted already; revoke it instead"),
  /** The customer said no. */
  DENIED(403, "the customer has denied the request"),
  /** Taken back. */
  REVOKED(403, "the grant was taken back"),
  /** Out of time. */
  EXPIRED(403, "its time is up; ask again"),

  // At use.
  /** No support grant, or none of this desk in its one form: its {@code iss} is another's, say. */
  MALFORMED(401, "no support grant of this desk came with the call; have the desk issue one"),
  /** The signature does not hold, or is of a key we do not know. */
  SIGNATURE(401, "the support grant is not signed with a key of this desk; have it issued again"),
  /** The grant is bound to another key or certificate than the engineer's token. */
  CONFIRMATION(401, "the support grant is bound to another key than the login"),
  /** Issued in the future, by the clock of the service. */
  NOT_YET_VALID(401, "the support grant is not valid yet; check the clocks"),
  /** For data of another residency. */
  RESIDENCY(403, "the support grant is for data of another residency than this service's"),
  /** Not a method that only reads. */
  METHOD(403, "support access only reads, by GET and HEAD"),
  /** Not a resource of the grant. */
  RESOURCE(403, "the grant is not for this resource"),
  /** Not a permission of the grant. */
  PERMISSION(403, "the grant is not for this permission"),

  // Our trouble.
  /** Somebody else changed the same request again and again. */
  BUSY(503, "others are changing the same request; try again"),
  /** A store, or what the application knows of its customers, cannot be asked. */
  STORE_UNAVAILABLE(503, "what is needed to decide cannot be asked; try again later"),
  /** The audit trail does not keep the line. */
  TRAIL_UNAVAILABLE(503, "it cannot be recorded, so it does not happen; try again later"),
  /** The desk cannot sign, or its keys cannot be had. */
  KEYS_UNAVAILABLE(503, "the desk's keys cannot be used; try again later"),
  /** We failed in a way we did not foresee. */
  INTERNAL(503, "it failed unexpectedly; the log has the kind of the failure");

  private final int status;
  private final String explanation;

  SupportRefusal(int status, String explanation) {
    this.status = status;
    this.explanation = explanation;
  }

  /** The HTTP status to answer with. */
  public int status() {
    return status;
  }

  /** What to tell whoever asked: what is wrong, and what to do where something can be done. */
  public String explanation() {
    return explanation;
  }

  /** Whether the trouble is ours and the same may be allowed later: the status is 503. */
  public boolean isTransient() {
    return status == 503;
  }
}
