// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What parameters and proposals need of the constitution.
interface IConstitution {
    function boundsOf(address target, bytes32 key) external view returns (uint256 minimum, uint256 maximum);

    function needsAmendment(address target, bytes calldata data) external view returns (bool);

    function amendmentRules() external view returns (uint256 majorityBps, uint256 quorumBps);

    function openJury(
        uint256 proposalId,
        address proposer,
        uint256 startBlock
    ) external returns (uint256 juryId, uint256 lastBlock);

    function drawJuryIfDue(uint256 juryId) external;

    function dismissJury(uint256 juryId) external;

    function juryConsents(uint256 juryId) external view returns (bool);
}
