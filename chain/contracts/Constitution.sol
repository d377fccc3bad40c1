// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AmendmentJury} from "./AmendmentJury.sol";
import {ParameterBounds} from "./ParameterBounds.sol";
import {Parameterised} from "./Parameterised.sol";
import {Principles} from "./Principles.sol";
import {ProtectedCalls} from "./ProtectedCalls.sol";
import {IParticipantStaking} from "./interfaces/IParticipantStaking.sol";
import {BPS} from "./Enumerations.sol";

/// @title The constitution: principles, bounds of parameters, calls that need an amendment, and the juries.
/// @notice The timelock governs it, and the DAO makes every call to it an amendment. Its own parameters are the
/// rules of amending, out of reach of ordinary votes. Amounts in wei of ATN, windows in blocks.
contract Constitution is Principles, ParameterBounds, ProtectedCalls, AmendmentJury {
    constructor(
        address staking_,
        address governance_,
        string[] memory principles_,
        bytes4[] memory protectedSelectors
    ) Parameterised(governance_) Principles(principles_) ProtectedCalls(protectedSelectors) {
        staking = IParticipantStaking(staking_);
        _declare("amendmentMajorityBps", 9_500, 5_000, uint128(BPS));
        _declare("amendmentQuorumBps", 2_000, 0, uint128(BPS));
        _declare("openAmendmentsPerProposer", 1, 1, 1_000);
        _declare("jurySize", 7, 1, 21);
        _declare("juryMinVerdicts", 4, 1, 21);
        _declare("juryMajorityBps", 6_666, 0, uint128(BPS));
        _declare("juryQuorumBps", 5_000, 0, uint128(BPS));
        _declare("juryConfidenceWeighs", 0, 0, 1);
        _declare("juryCommitBlocks", 14_400, 1, 1e6);
        _declare("juryRevealBlocks", 14_400, 1, 1e6);
        _declare("juryNoticeBlocks", 3_600, 0, 1e6);
        _declare("jurySilenceSlashBps", 500, 0, uint128(BPS));
        _declare("juryFee", 10e18, 0, 1e30);
    }

    /// @notice The share of the votes cast that an amendment needs, and the share of supply that must be cast.
    function amendmentRules() external view returns (uint256 majorityBps, uint256 quorumBps) {
        return (_value("amendmentMajorityBps"), _value("amendmentQuorumBps"));
    }
}
