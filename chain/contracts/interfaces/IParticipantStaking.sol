// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What the other contracts need of the staking contract.
interface IParticipantStaking {
    struct StakeInfo {
        uint256 amount;
        uint8 role;
        uint256 lockupUntil;
        bool active;
    }

    function getStake(address participant) external view returns (StakeInfo memory);

    function isActiveParticipant(address participant, uint8 role) external view returns (bool);

    function treasury() external view returns (address);

    function minStakeAmount(uint8 role) external view returns (uint256);

    function drawByStake(
        uint8 role,
        bytes32 seed,
        uint256 count
    ) external view returns (address[] memory participants, uint256[] memory amounts);

    function slash(address participant, uint256 amount, string calldata reason) external;

    function slashAndShare(
        address participant,
        uint256 amount,
        address beneficiary,
        uint256 share,
        string calldata reason
    ) external returns (uint256 taken);

    function openDuty(address participant) external;

    function closeDuty(address participant) external;
}
